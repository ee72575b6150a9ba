/**
 * Native gRPC on an owned HTTP/2 stream: framing, compression, deadlines, status. The protocol is
 * the one that the gRPC project describes as "gRPC over HTTP2".
 */
@NullMarked
package dev.tandem.runtime.wire.grpc;

import org.jspecify.annotations.NullMarked;
