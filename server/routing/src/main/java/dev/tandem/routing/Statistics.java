package dev.tandem.routing;

import java.time.Duration;
import java.util.Map;

/**
 * What an engine has done since it was opened.
 *
 * @param running calls that it works for now
 * @param waiting calls that wait for it now
 * @param requests how often it was asked, retries included
 * @param failures how often it failed, by the reason of the error: {@code upstream_timeout}
 * @param retried how often it was asked again for the same call
 * @param circuit whether it is left alone
 * @param opened how often its circuit opened
 * @param promptTokens as far as it told them
 * @param completionTokens as far as it told them
 * @param begun answers whose first token came
 * @param firstTokens the time to all those first tokens together
 */
public record Statistics(
        int running,
        int waiting,
        long requests,
        Map<String, Long> failures,
        long retried,
        Circuit.State circuit,
        long opened,
        long promptTokens,
        long completionTokens,
        long begun,
        Duration firstTokens) {
    public Statistics {
        failures = Map.copyOf(failures);
    }
}
