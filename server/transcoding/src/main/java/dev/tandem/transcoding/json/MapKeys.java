package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The keys of maps, which in JSON are strings whatever their type. */
final class MapKeys {
    private MapKeys() {}

    static String write(FieldDescriptor type, Object key) {
        return switch (type.getType()) {
            case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) key);
            case UINT64, FIXED64 -> Long.toUnsignedString((Long) key);
            default -> key.toString();
        };
    }

    /** Null where the text is no such key. */
    static @Nullable Object read(FieldDescriptor type, String text) {
        return switch (type.getType()) {
            case STRING -> text;
            case BOOL -> text.equals("true") ? (Object) true : text.equals("false") ? false : null;
            case UINT32, FIXED32 -> narrow(number(text, 32, false));
            case UINT64, FIXED64 -> wide(number(text, 64, false));
            case INT64, SINT64, SFIXED64 -> wide(number(text, 64, true));
            default -> narrow(number(text, 32, true));
        };
    }

    private static @Nullable Object narrow(@Nullable BigInteger number) {
        return number == null ? null : (Object) number.intValue();
    }

    private static @Nullable Object wide(@Nullable BigInteger number) {
        return number == null ? null : (Object) number.longValue();
    }

    static String wanted(FieldDescriptor type) {
        return switch (type.getJavaType()) {
            case BOOLEAN -> "\"true\" or \"false\"";
            case INT -> "a whole number of 32 bits";
            default -> "a whole number of 64 bits";
        };
    }

    private static @Nullable BigInteger number(String text, int bits, boolean signed) {
        BigDecimal number = text.length() > 30 ? null : Numbers.decimal(text);
        if (number == null || number.scale() != 0) {
            return null;
        }
        BigInteger value = number.unscaledValue();
        boolean fits =
                signed
                        ? value.bitLength() < bits
                        : value.signum() >= 0 && value.bitLength() <= bits;
        return fits ? value : null;
    }
}
