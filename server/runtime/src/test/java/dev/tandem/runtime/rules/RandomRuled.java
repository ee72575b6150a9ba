package dev.tandem.runtime.rules;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import java.util.Random;

/** Messages whose values are close to the limits of the rules in rules.proto. */
final class RandomRuled {
    private static final String[] TEXTS = {
        "", "a", "b", "aa", "axb", "ayb", "abc", "abcde", "abcdef", "a_b", "Z", "é", "😀😀😀",
        "a@b.de"
    };
    private static final double[] NUMBERS = {
        0, -0.0, 1, -1, 0.5, 2, 1e300, Double.NaN, Double.POSITIVE_INFINITY
    };
    private static final long[] WHOLE = {
        0, 1, 2, 3, 4, -1, -2, -3, 10, Long.MIN_VALUE, Long.MAX_VALUE
    };

    private final Random random;

    RandomRuled(long seed) {
        random = new Random(seed);
    }

    Message of(Message prototype, int depth) {
        Message.Builder builder = prototype.newBuilderForType();
        for (FieldDescriptor field : prototype.getDescriptorForType().getFields()) {
            boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (random.nextBoolean() && (!message || depth > 0)) {
                fill(builder, field, depth);
            }
        }
        return builder.build();
    }

    private void fill(Message.Builder builder, FieldDescriptor field, int depth) {
        if (!field.isRepeated()) {
            builder.setField(field, value(builder, field, depth));
            return;
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            builder.addRepeatedField(field, value(builder, field, depth));
        }
    }

    private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
        long whole = WHOLE[random.nextInt(WHOLE.length)];
        double number = NUMBERS[random.nextInt(NUMBERS.length)];
        return switch (field.getJavaType()) {
            case INT -> (int) whole;
            case LONG ->
                    field.getFullName().startsWith("google.") // protovalidate adds without bounds
                            ? Math.floorMod(whole, 9L)
                            : whole;
            case FLOAT -> (float) number;
            case DOUBLE -> number;
            case BOOLEAN -> random.nextBoolean();
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTE_STRING -> bytes();
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(5));
            case MESSAGE ->
                    of(builder.newBuilderForField(field).getDefaultInstanceForType(), depth - 1);
        };
    }

    private ByteString bytes() {
        byte[] bytes = new byte[random.nextInt(4)];
        random.nextBytes(bytes);
        return UnsafeByteOperations.unsafeWrap(bytes);
    }
}
