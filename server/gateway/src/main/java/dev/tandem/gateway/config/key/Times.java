package dev.tandem.gateway.config.key;

import jakarta.json.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times to the millisecond, as people write them. */
final class Times {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,11}) ?(ms|s)?");

    private Times() {}

    static Type<Duration> type(Duration least, Duration most) {
        return new Scalar<>(
                "time",
                written(least) + " to " + written(most),
                (text, node) ->
                        read(text)
                                .filter(time ->
                                        time.compareTo(least) >= 0 && time.compareTo(most) <= 0),
                Times::written,
                Json.createObjectBuilder()
                        .add(
                                "anyOf",
                                Json.createArrayBuilder()
                                        .add(
                                                Json.createObjectBuilder()
                                                        .add("type", "integer")
                                                        .add("minimum", 0)
                                                        .add("maximum", most.toSeconds()))
                                        .add(
                                                Json.createObjectBuilder()
                                                        .add("type", "string")
                                                        .add("pattern", "^" + FORM + "$")))
                        .build());
    }

    private static Optional<Duration> read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(form.group(1));
        return Optional.of(
                "ms".equals(form.group(2))
                        ? Duration.ofMillis(number)
                        : Duration.ofSeconds(number));
    }

    private static String written(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
