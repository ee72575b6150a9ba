/**
 * The development runner: compiles what changed, and starts the service again in a process of its
 * own.
 */
@NullMarked
package dev.tandem.dev;

import org.jspecify.annotations.NullMarked;
