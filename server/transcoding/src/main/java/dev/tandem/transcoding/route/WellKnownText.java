package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the well-known messages that have a text form: as protobuf's JSON mapping writes them.
 * Works by field names, so that generated and dynamic messages are alike.
 */
final class WellKnownText {
    /** RFC 3339, section 5.6; a year of more digits is told to be out of range. */
    private static final Pattern TIMESTAMP =
            Pattern.compile(
                    "([+-]\\d{5,9}|\\d{4})-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

    private static final Pattern DURATION = Pattern.compile("-?\\d{1,12}(\\.\\d{1,9})?s");
    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(315_576_000_000L);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final Set<String> JSON_VALUES =
            Set.of(
                    "google.protobuf.Any",
                    "google.protobuf.Struct",
                    "google.protobuf.Value",
                    "google.protobuf.ListValue");

    private WellKnownText() {}

    /** Is the message's JSON something else than an object of its fields? */
    static boolean hasOwnForm(Descriptor message) {
        return possible(message) || JSON_VALUES.contains(message.getFullName());
    }

    /** Has the message a text form? */
    static boolean possible(Descriptor message) {
        return switch (message.getFullName()) {
            case "google.protobuf.Timestamp",
                    "google.protobuf.Duration",
                    "google.protobuf.FieldMask" ->
                    true;
            default -> isWrapper(message);
        };
    }

    /** Fills the empty builder of such a message. */
    static Message read(Message.Builder into, String text) throws BadValueException {
        return switch (into.getDescriptorForType().getFullName()) {
            case "google.protobuf.Timestamp" -> timestamp(into, text);
            case "google.protobuf.Duration" -> duration(into, text);
            case "google.protobuf.FieldMask" -> fieldMask(into, text);
            default -> wrapper(into, text);
        };
    }

    private static boolean isWrapper(Descriptor message) {
        return message.getFile().getFullName().equals("google/protobuf/wrappers.proto");
    }

    private static Message wrapper(Message.Builder into, String text) throws BadValueException {
        FieldDescriptor value = field(into, "value");
        return into.setField(value, TextValue.read(value, text, into)).build();
    }

    private static Message timestamp(Message.Builder into, String text) throws BadValueException {
        Instant at;
        try {
            if (!TIMESTAMP.matcher(text).matches()) {
                throw new DateTimeException("not RFC 3339");
            }
            at = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new BadValueException("format", "Must be a time like 2026-01-31T12:00:00Z.");
        }
        if (at.isBefore(FIRST) || at.isAfter(LAST)) {
            throw new BadValueException("range", "Must be of the years 1 to 9999.");
        }
        return seconds(into, at.getEpochSecond(), at.getNano());
    }

    private static Message duration(Message.Builder into, String text) throws BadValueException {
        if (!DURATION.matcher(text).matches()) {
            throw new BadValueException("format", "Must be seconds with an s, like 1.5s.");
        }
        BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
        if (seconds.abs().compareTo(LONGEST_SECONDS) > 0) {
            throw new BadValueException("range", "Must not be longer than 10000 years.");
        }
        long whole = seconds.longValue();
        int nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).intValue();
        return seconds(into, whole, nanos);
    }

    private static Message seconds(Message.Builder into, long seconds, int nanos) {
        return into.setField(field(into, "seconds"), seconds)
                .setField(field(into, "nanos"), nanos)
                .build();
    }

    private static Message fieldMask(Message.Builder into, String text) {
        FieldDescriptor paths = field(into, "paths");
        for (String path : text.split(",", -1)) {
            if (!path.isBlank()) {
                into.addRepeatedField(paths, snakeCase(path.strip()));
            }
        }
        return into.build();
    }

    /** The JSON mapping writes masks in lowerCamelCase; snake_case passes through unchanged. */
    private static String snakeCase(String path) {
        StringBuilder snake = new StringBuilder(path.length() + 4);
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                snake.append('_').append((char) (c + ('a' - 'A')));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }

    private static FieldDescriptor field(Message.Builder of, String name) {
        FieldDescriptor field = of.getDescriptorForType().findFieldByName(name);
        if (field == null) {
            throw new IllegalStateException(
                    of.getDescriptorForType().getFullName() + " has no field " + name);
        }
        return field;
    }
}
