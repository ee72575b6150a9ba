/** Protobuf's own conformance suite, as far as it is about JSON. */
@NullMarked
package dev.tandem.transcoding.conformance;

import org.jspecify.annotations.NullMarked;
