/**
 * One call, whatever wire it came by: its head, its messages, its policies, its handler, its error.
 * Knows no server.
 */
@NullMarked
package dev.tandem.runtime.call;

import org.jspecify.annotations.NullMarked;
