/**
 * HTTP/2 connections: our input filter, output and flow control around Helidon's protocol, and the
 * streams that a handler of ours answers past Helidon's routing.
 *
 * <p>Two kinds of streams. An <em>owned</em> one is answered by a {@link
 * dev.tandem.runtime.wire.connection.StreamHandler}; Helidon sees no more of it than a placeholder
 * of its headers. A <em>plain</em> one is Helidon's routing's; what Helidon gets of its body and
 * what it may send is rationed here.
 */
@NullMarked
package dev.tandem.runtime.wire.http2;

import org.jspecify.annotations.NullMarked;
