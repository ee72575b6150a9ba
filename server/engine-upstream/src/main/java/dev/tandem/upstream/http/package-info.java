/**
 * Requests to other servers over HTTP/1.1, written and read by the thread of the call: sockets,
 * connections that are kept, answers as bounded streams.
 */
@NullMarked
package dev.tandem.upstream.http;

import org.jspecify.annotations.NullMarked;
