package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import tools.jackson.core.JsonToken;

/** RFC 3339, in UTC when written: {@code 2026-01-31T23:59:59.250Z}. From year 1 to 9999. */
final class TimestampForm implements MessageForm {
    private static final long MIN_SECONDS = -62_135_596_800L;
    private static final long MAX_SECONDS = 253_402_300_799L;
    private static final Pattern RFC_3339 =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

    @Override
    public Message read(JsonInput in) {
        if (in.token() != JsonToken.VALUE_STRING) {
            in.wrongKind("a string");
            return Timestamp.getDefaultInstance();
        }
        String text = in.parser.getString();
        try {
            if (text.length() <= 40 && RFC_3339.matcher(text).matches()) {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                if (isInRange(instant.getEpochSecond())) {
                    return Timestamp.newBuilder()
                            .setSeconds(instant.getEpochSecond())
                            .setNanos(instant.getNano())
                            .build();
                }
            }
            in.reject(
                    "format",
                    "must be a time as 2026-01-31T23:59:59Z, not " + Wording.quoted(text));
        } catch (DateTimeException noSuchDay) {
            in.reject("format", "there is no such time: " + Wording.quoted(text));
        }
        return Timestamp.getDefaultInstance();
    }

    @Override
    public void write(Message message, JsonBuffer out) {
        Timestamp time = (Timestamp) message;
        if (!isInRange(time.getSeconds()) || time.getNanos() < 0 || time.getNanos() > 999_999_999) {
            throw new IllegalArgumentException(
                    "a google.protobuf.Timestamp is out of range: seconds "
                            + time.getSeconds()
                            + ", nanos "
                            + time.getNanos());
        }
        out.plain(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString());
    }

    @Override
    public boolean takes(JsonToken first) {
        return first == JsonToken.VALUE_STRING;
    }

    private static boolean isInRange(long seconds) {
        return seconds >= MIN_SECONDS && seconds <= MAX_SECONDS;
    }

    @Override
    public Shape shape() {
        return new Shape.WellKnown(Shape.WellKnown.Kind.TIMESTAMP);
    }
}
