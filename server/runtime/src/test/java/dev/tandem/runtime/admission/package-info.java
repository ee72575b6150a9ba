/** Tests of places and lines. */
@NullMarked
package dev.tandem.runtime.admission;

import org.jspecify.annotations.NullMarked;
