/** This program started again, as a child of itself with one model. */
@NullMarked
package dev.tandem.gateway.child;

import org.jspecify.annotations.NullMarked;
