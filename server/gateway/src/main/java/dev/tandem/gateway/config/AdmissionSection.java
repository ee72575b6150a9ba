package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.runtime.admission.Capacity;
import java.time.Duration;

/**
 * How many calls of models run and wait at once.
 *
 * @param capacity of the server, whatever the model; its longest wait is that of the engine's slots
 *     too
 */
public record AdmissionSection(Capacity capacity) {
    private static final Key<Integer> RUNNING =
            Key.of(
                            "running",
                            Types.integer(1, 1_000_000),
                            "How many calls of models run at once, whatever the model.")
                    .variable("TANDEM_MAX_RUNNING")
                    .fallback(1000);

    private static final Key<Integer> WAITING =
            Key.of(
                            "waiting",
                            Types.integer(0, 10_000),
                            "How many calls may wait for that. More are refused with 503.")
                    .variable("TANDEM_MAX_WAITING")
                    .fallback(1000);

    private static final Key<Duration> LONGEST_WAIT =
            Key.of(
                            "longest_wait",
                            Types.seconds(0, 3600),
                            "Who is expected to wait longer, for that or for a slot, is refused at once"
                                    + " with 503. 0 is no limit.")
                    .variable("TANDEM_MAX_WAIT")
                    .fallback(Duration.ofSeconds(60));

    /** Its place in the file. */
    public static final Section<AdmissionSection> SECTION =
            Section.of(
                    "admission",
                    "How much is taken on at once. [More](quotas.md#overload).",
                    AdmissionSection::read,
                    RUNNING,
                    WAITING,
                    LONGEST_WAIT);

    private static AdmissionSection read(Values in) {
        return new AdmissionSection(
                new Capacity(in.get(RUNNING), in.get(WAITING), in.get(LONGEST_WAIT)));
    }
}
