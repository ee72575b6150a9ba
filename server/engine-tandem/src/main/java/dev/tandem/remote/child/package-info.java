/** A Tandem in a process of its own that is looked after: what breaks there breaks nothing here. */
@NullMarked
package dev.tandem.remote.child;

import org.jspecify.annotations.NullMarked;
