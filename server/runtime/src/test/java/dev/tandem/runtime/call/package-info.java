/** Tests of calls. */
@NullMarked
package dev.tandem.runtime.call;

import org.jspecify.annotations.NullMarked;
