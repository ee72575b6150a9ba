package dev.tandem.runtime.wire.websocket;

import java.time.Duration;

/**
 * What holds for every WebSocket.
 *
 * @param maxMessageBytes the largest message of a client
 * @param heartbeat after how much silence of the server a ping leaves
 */
public record SocketSettings(int maxMessageBytes, Duration heartbeat) {}
