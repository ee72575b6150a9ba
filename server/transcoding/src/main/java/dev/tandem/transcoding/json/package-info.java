/** Protobuf messages as JSON and back: a codec compiled once for each message type and profile. */
@NullMarked
package dev.tandem.transcoding.json;

import org.jspecify.annotations.NullMarked;
