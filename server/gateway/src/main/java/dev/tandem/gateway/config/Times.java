package dev.tandem.gateway.config;

import java.time.Duration;

/**
 * How long answers may take, and how a server that is told to stop begins.
 *
 * @param firstMessage to a stream's first message or a whole answer; zero is no limit
 * @param messageGap between two messages of a stream; zero is no limit
 * @param call for a whole call; zero is no limit
 * @param drainDelay how long a server that is told to stop goes on to take requests while it tells
 *     that it is not ready
 */
public record Times(
        Duration firstMessage, Duration messageGap, Duration call, Duration drainDelay) {

    static Times read(Reader reader) {
        return new Times(
                reader.seconds(Key.TANDEM_FIRST_MESSAGE_LIMIT, 300, 0, 86_400),
                reader.seconds(Key.TANDEM_MESSAGE_GAP_LIMIT, 60, 0, 86_400),
                reader.seconds(Key.TANDEM_CALL_LIMIT, 1800, 0, 86_400),
                reader.seconds(Key.TANDEM_DRAIN_DELAY, 0, 0, 300));
    }
}
