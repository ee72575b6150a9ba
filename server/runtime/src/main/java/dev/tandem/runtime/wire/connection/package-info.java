/**
 * What the calls of one connection share, whichever HTTP version it speaks: the stream a protocol
 * of ours answers, and the way to learn that the client left.
 */
@NullMarked
package dev.tandem.runtime.wire.connection;

import org.jspecify.annotations.NullMarked;
