/**
 * How many calls run and wait at once, whose turn is next, and who is refused early: for servers
 * and engines alike.
 */
@NullMarked
package dev.tandem.runtime.admission;

import org.jspecify.annotations.NullMarked;
