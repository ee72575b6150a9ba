/** The client against servers that do what a test wants. */
@NullMarked
package dev.tandem.client;

import org.jspecify.annotations.NullMarked;
