/** Tests of Connect's parts. */
@NullMarked
package dev.tandem.runtime.wire.connect;

import org.jspecify.annotations.NullMarked;
