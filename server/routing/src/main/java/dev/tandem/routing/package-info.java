/**
 * One model on several engines: which one answers, what is tried again, and when nothing more is.
 * Knows no kind of engine.
 */
@NullMarked
package dev.tandem.routing;

import org.jspecify.annotations.NullMarked;
