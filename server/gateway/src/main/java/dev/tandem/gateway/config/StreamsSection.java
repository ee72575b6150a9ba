package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import java.time.Duration;

/**
 * How long answers may take.
 *
 * @param heartbeat after how much silence a stream carries a sign of life
 * @param firstMessage to a stream's first message or a whole answer; zero is no limit
 * @param messageGap between two messages of a stream; zero is no limit
 * @param call for a whole call; zero is no limit
 */
public record StreamsSection(
        Duration heartbeat, Duration firstMessage, Duration messageGap, Duration call) {
    private static final Key<Duration> HEARTBEAT =
            Key.of(
                            "heartbeat",
                            Types.seconds(1, 300),
                            "After how much silence a stream carries a sign of life.")
                    .variable("TANDEM_HEARTBEAT")
                    .fallback(Duration.ofSeconds(10));

    private static final Key<Duration> FIRST_MESSAGE =
            Key.of(
                            "first_message_limit",
                            Types.seconds(0, 86_400),
                            "The longest wait for the first message of a stream, or for a whole"
                                    + " answer. 0 is no limit.")
                    .variable("TANDEM_FIRST_MESSAGE_LIMIT")
                    .fallback(Duration.ofMinutes(5));

    private static final Key<Duration> MESSAGE_GAP =
            Key.of(
                            "message_gap_limit",
                            Types.seconds(0, 86_400),
                            "The longest silence of the engine between two messages of a stream. 0"
                                    + " is no limit.")
                    .variable("TANDEM_MESSAGE_GAP_LIMIT")
                    .fallback(Duration.ofSeconds(60));

    private static final Key<Duration> CALL =
            Key.of(
                            "call_limit",
                            Types.seconds(0, 86_400),
                            "The most time for a whole call. 0 is no limit.")
                    .variable("TANDEM_CALL_LIMIT")
                    .fallback(Duration.ofMinutes(30));

    /** Its place in the file. */
    public static final Section<StreamsSection> SECTION =
            Section.of(
                    "streams",
                    "How long answers may take. [More](streams.md#time-limits).",
                    StreamsSection::read,
                    HEARTBEAT,
                    FIRST_MESSAGE,
                    MESSAGE_GAP,
                    CALL);

    private static StreamsSection read(Values in) {
        return new StreamsSection(
                in.get(HEARTBEAT), in.get(FIRST_MESSAGE), in.get(MESSAGE_GAP), in.get(CALL));
    }
}
