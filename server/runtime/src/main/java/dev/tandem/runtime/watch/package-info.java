/** Looking after files that change. */
@NullMarked
package dev.tandem.runtime.watch;

import org.jspecify.annotations.NullMarked;
