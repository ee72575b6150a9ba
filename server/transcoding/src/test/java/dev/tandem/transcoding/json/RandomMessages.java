package dev.tandem.transcoding.json;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.Value;
import dev.tandem.test.v1.Kinds;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages of any type with random fields: edges of every range, awkward text, all well-known
 * types. The seed says it all.
 */
public final class RandomMessages {
    /** What their Any fields hold. */
    public static final TypeRegistry TYPES =
            TypeRegistry.newBuilder()
                    .add(Kinds.getDescriptor())
                    .add(Duration.getDescriptor())
                    .add(Value.getDescriptor())
                    .build();

    private static final long[] LONGS = {
        0,
        1,
        -1,
        7,
        1 << 20,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 53,
        (1L << 53) + 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final double[] DOUBLES = {
        0,
        1,
        -1.5,
        0.1,
        1e15,
        1e16,
        1.2345678901234568E17,
        1e300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };
    private static final String[] TEXTS = {
        "",
        "a",
        "plain text",
        "\"quoted\" \\ back",
        "line\nbreak\r\ttab",
        "\u0000\u001f\u007f",
        "é ü ß",
        "日本語",
        "👍🏽 emoji",
        "</script>",
        "\u2028\u2029",
        "x".repeat(600) + "é",
        "y".repeat(511) + "👍" + "z".repeat(700)
    };

    private final Random random;

    /** The same seed makes the same messages. */
    public RandomMessages(long seed) {
        random = new Random(seed);
    }

    /** A message of the prototype's type. */
    public <T extends Message> T of(T prototype) {
        @SuppressWarnings("unchecked")
        T message = (T) message(prototype, 3);
        return message;
    }

    private Message message(Message prototype, int depth) {
        Message special = wellKnown(prototype);
        if (special != null) {
            return special.getClass() == prototype.getClass()
                    ? special
                    : reparsed(special, prototype);
        }
        Message.Builder builder = prototype.newBuilderForType();
        for (FieldDescriptor field : prototype.getDescriptorForType().getFields()) {
            if (field.isRequired() || random.nextInt(depth == 3 ? 2 : 6) == 0) {
                fill(builder, field, depth);
            }
        }
        return builder.build();
    }

    private void fill(Message.Builder builder, FieldDescriptor field, int depth) {
        boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        if (field.isMapField()) {
            Set<Object> keys = new HashSet<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                Message.Builder entry = builder.newBuilderForField(field);
                FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
                FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
                entry.setField(key, scalar(key));
                entry.setField(value, value(entry, value, depth));
                if (keys.add(entry.getField(key))) {
                    builder.addRepeatedField(field, entry.build());
                }
            }
        } else if (field.isRepeated()) {
            for (int i = random.nextInt(4); i > 0; i--) {
                builder.addRepeatedField(field, value(builder, field, depth));
            }
        } else if (!message || depth > 0) {
            builder.setField(field, value(builder, field, depth));
        }
    }

    private Object value(Message.Builder owner, FieldDescriptor field, int depth) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return scalar(field);
        }
        Message inside = owner.newBuilderForField(field).getDefaultInstanceForType();
        return depth > 0 || wellKnown(inside) != null ? message(inside, depth - 1) : inside;
    }

    private Object scalar(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> (int) number();
            case LONG -> number();
            case FLOAT -> random.nextBoolean() ? (float) real() : random.nextFloat();
            case DOUBLE -> real();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> text();
            case BYTE_STRING -> bytes();
            case ENUM ->
                    field.getEnumType()
                            .getValues()
                            .get(random.nextInt(field.getEnumType().getValues().size()));
            case MESSAGE -> throw new AssertionError(field);
        };
    }

    private @Nullable Message wellKnown(Message prototype) {
        return switch (prototype.getDescriptorForType().getFullName()) {
            case "google.protobuf.Timestamp" ->
                    Timestamp.newBuilder()
                            .setSeconds(random.nextLong(-62_135_596_800L, 253_402_300_800L))
                            .setNanos(nanos())
                            .build();
            case "google.protobuf.Duration" -> duration();
            case "google.protobuf.FieldMask" ->
                    FieldMask.newBuilder().addPaths("user.display_name").addPaths("photo").build();
            case "google.protobuf.Struct" -> struct(2);
            case "google.protobuf.Value" -> value(2);
            case "google.protobuf.ListValue" -> list(2);
            case "google.protobuf.Any" -> any();
            default -> null;
        };
    }

    private Duration duration() {
        long seconds =
                random.nextBoolean() ? random.nextLong(-315_576_000_000L, 315_576_000_001L) : 0;
        int sign = seconds < 0 || (seconds == 0 && random.nextBoolean()) ? -1 : 1;
        return Duration.newBuilder().setSeconds(seconds).setNanos(sign * nanos()).build();
    }

    private Any any() {
        return switch (random.nextInt(4)) {
            case 0 -> Any.getDefaultInstance();
            case 1 -> Any.pack(duration());
            case 2 -> Any.pack(value(1));
            default ->
                    Any.pack(
                            Kinds.newBuilder()
                                    .setInt64Value(number())
                                    .setStringValue(text())
                                    .build());
        };
    }

    private Struct struct(int depth) {
        Struct.Builder struct = Struct.newBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            struct.putFields(text(), value(depth - 1));
        }
        return struct.build();
    }

    private ListValue list(int depth) {
        ListValue.Builder list = ListValue.newBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            list.addValues(value(depth - 1));
        }
        return list.build();
    }

    private Value value(int depth) {
        Value.Builder value = Value.newBuilder();
        switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> value.setNullValue(NullValue.NULL_VALUE);
            case 1 -> value.setBoolValue(random.nextBoolean());
            case 2 -> value.setNumberValue(random.nextGaussian());
            case 3 -> value.setStringValue(text());
            case 4 -> value.setStructValue(struct(depth));
            default -> value.setListValue(list(depth));
        }
        return value.build();
    }

    private static Message reparsed(Message message, Message prototype) {
        try {
            return prototype.newBuilderForType().mergeFrom(message.toByteString()).build();
        } catch (com.google.protobuf.InvalidProtocolBufferException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private long number() {
        return random.nextBoolean()
                ? LONGS[random.nextInt(LONGS.length)]
                : random.nextLong() >> random.nextInt(64);
    }

    private double real() {
        return random.nextBoolean()
                ? DOUBLES[random.nextInt(DOUBLES.length)]
                : random.nextGaussian() * 1000;
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private ByteString bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private int nanos() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1000) * 1_000_000;
            case 2 -> random.nextInt(1_000_000) * 1000;
            default -> random.nextInt(1_000_000_000);
        };
    }
}
