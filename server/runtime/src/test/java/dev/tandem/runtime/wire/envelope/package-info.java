/** Tests of enveloped messages. */
@NullMarked
package dev.tandem.runtime.wire.envelope;

import org.jspecify.annotations.NullMarked;
