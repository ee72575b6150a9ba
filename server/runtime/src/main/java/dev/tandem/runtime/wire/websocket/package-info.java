/**
 * Methods whose clients stream, over HTTP/1.1: each call is a WebSocket, each message a frame (RFC
 * 6455).
 */
@NullMarked
package dev.tandem.runtime.wire.websocket;

import org.jspecify.annotations.NullMarked;
