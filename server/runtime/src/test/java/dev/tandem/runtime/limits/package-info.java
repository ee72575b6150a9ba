/** Tests of limits. */
@NullMarked
package dev.tandem.runtime.limits;

import org.jspecify.annotations.NullMarked;
