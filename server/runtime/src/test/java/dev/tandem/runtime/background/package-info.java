/** Tests of work in the background. */
@NullMarked
package dev.tandem.runtime.background;

import org.jspecify.annotations.NullMarked;
