package dev.tandem.transcoding.json;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonToken;

/** Seconds with an {@code s}: {@code 1.500s}. At most about ten thousand years, either way. */
final class DurationForm implements MessageForm {
    private static final long MAX_SECONDS = 315_576_000_000L;
    private static final Pattern SECONDS = Pattern.compile("(-?)(\\d{1,12})(?:\\.(\\d{1,9}))?s");

    @Override
    public Message read(JsonInput in) {
        if (in.token() != JsonToken.VALUE_STRING) {
            in.wrongKind("a string");
            return Duration.getDefaultInstance();
        }
        String text = in.parser.getString();
        Matcher match = SECONDS.matcher(text.length() <= 40 ? text : "");
        if (!match.matches() || Long.parseLong(match.group(2)) > MAX_SECONDS) {
            in.reject("format", "must be seconds as 1.5s, not " + Wording.quoted(text));
            return Duration.getDefaultInstance();
        }
        int sign = match.group(1).isEmpty() ? 1 : -1;
        String fraction = match.group(3) == null ? "" : match.group(3);
        int nanos = Integer.parseInt(fraction + "0".repeat(9 - fraction.length()));
        return Duration.newBuilder()
                .setSeconds(sign * Long.parseLong(match.group(2)))
                .setNanos(sign * nanos)
                .build();
    }

    @Override
    public void write(Message message, JsonBuffer out) {
        Duration duration = (Duration) message;
        long seconds = duration.getSeconds();
        int nanos = duration.getNanos();
        if (Math.abs(seconds) > MAX_SECONDS
                || Math.abs(nanos) > 999_999_999
                || (seconds < 0 && nanos > 0)
                || (seconds > 0 && nanos < 0)) {
            throw new IllegalArgumentException(
                    "a google.protobuf.Duration is out of range: seconds "
                            + seconds
                            + ", nanos "
                            + nanos);
        }
        String sign = seconds < 0 || nanos < 0 ? "-" : "";
        out.plain(sign + Math.abs(seconds) + fraction(Math.abs(nanos)) + 's');
    }

    @Override
    public boolean takes(JsonToken first) {
        return first == JsonToken.VALUE_STRING;
    }

    /** None, three, six or nine digits. */
    private static String fraction(int nanos) {
        if (nanos == 0) {
            return "";
        }
        String digits = String.valueOf(1_000_000_000 + nanos).substring(1);
        int length = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
        return '.' + digits.substring(0, length);
    }

    @Override
    public Shape shape() {
        return new Shape.WellKnown(Shape.WellKnown.Kind.DURATION);
    }
}
