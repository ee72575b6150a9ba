/** Work that outlives the call that began it. */
@NullMarked
package dev.tandem.runtime.background;

import org.jspecify.annotations.NullMarked;
