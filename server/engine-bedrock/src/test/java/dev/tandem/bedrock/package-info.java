/** The engine in front of a server that a test tells what to say. */
@NullMarked
package dev.tandem.bedrock;

import org.jspecify.annotations.NullMarked;
