package dev.tandem.transcoding.route;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.options.v1.FieldJson;
import dev.tandem.options.v1.Options;
import dev.tandem.transcoding.json.EnumNames;
import dev.tandem.transcoding.json.Profile;
import java.math.BigInteger;
import java.util.Base64;
import java.util.regex.Pattern;

/** Reads one value of a field from the text of a path or a query. */
final class TextValue {
    private static final BigInteger UINT32 = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
    private static final BigInteger UINT64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final BigInteger INT32_MAX = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger INT32_MIN = BigInteger.valueOf(Integer.MIN_VALUE);
    private static final BigInteger INT64_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger INT64_MIN = BigInteger.valueOf(Long.MIN_VALUE);

    /** Digits of the longest integer, with a sign and some zeros: longer texts are not parsed. */
    private static final int LONGEST_NUMBER = 40;

    /** JSON's integers: BigInteger would also take a plus and the digits of other scripts. */
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

    private TextValue() {}

    /** Can a field of this type be given as text? */
    static boolean possible(FieldDescriptor field) {
        FieldJson json = field.getOptions().getExtension(Options.field);
        if (json.getJson() || json.getExtra()) {
            return false; // its JSON is not its text
        }
        return switch (field.getType()) {
            case GROUP -> false;
            case MESSAGE -> !field.isMapField() && WellKnownText.possible(field.getMessageType());
            default -> true;
        };
    }

    /** Can the values of a map be given as text? Its keys always can. */
    static boolean possibleEntry(FieldDescriptor map) {
        return !map.getOptions().getExtension(Options.field).getExtra()
                && possible(map.getMessageType().findFieldByNumber(2));
    }

    /**
     * The value, as {@link Message.Builder#setField} takes it.
     *
     * @param into the builder that will hold the field
     */
    static Object read(FieldDescriptor field, String text, Message.Builder into)
            throws BadValueException {
        return switch (field.getType()) {
            case STRING -> text;
            case BOOL -> bool(text);
            case INT32, SINT32, SFIXED32 -> integer(text, INT32_MIN, INT32_MAX).intValue();
            case UINT32, FIXED32 -> integer(text, BigInteger.ZERO, UINT32).intValue();
            case INT64, SINT64, SFIXED64 -> integer(text, INT64_MIN, INT64_MAX).longValue();
            case UINT64, FIXED64 -> integer(text, BigInteger.ZERO, UINT64).longValue();
            case DOUBLE -> number(text);
            case FLOAT -> real(text);
            case BYTES -> bytes(text);
            case ENUM -> constant(field, text);
            case MESSAGE -> WellKnownText.read(into.newBuilderForField(field), text);
            case GROUP -> throw new BadValueException("type", "A group cannot be given as text.");
        };
    }

    private static Boolean bool(String text) throws BadValueException {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValueException("type", "Must be true or false.");
        };
    }

    private static BigInteger integer(String text, BigInteger least, BigInteger most)
            throws BadValueException {
        BigInteger value;
        try {
            if (text.length() > LONGEST_NUMBER || !WHOLE.matcher(text).matches()) {
                throw new NumberFormatException();
            }
            value = new BigInteger(text);
        } catch (NumberFormatException e) {
            throw new BadValueException("type", "Must be a whole number.");
        }
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new BadValueException("range", "Must be from " + least + " to " + most + ".");
        }
        return value;
    }

    private static Double number(String text) throws BadValueException {
        // Double.parseDouble also takes "1d", "0x1p3" and white space; JSON's numbers do not
        if (!text.matches("-?\\d{1,400}(\\.\\d{1,400})?([eE][+-]?\\d{1,4})?|NaN|-?Infinity")) {
            throw new BadValueException("type", "Must be a number.");
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value) && !text.endsWith("Infinity")) {
            throw new BadValueException("range", "The number is too large.");
        }
        return value;
    }

    private static Float real(String text) throws BadValueException {
        double wide = number(text);
        float value = (float) wide;
        if (Float.isInfinite(value) && !Double.isInfinite(wide)) {
            throw new BadValueException("range", "The number is too large.");
        }
        return value;
    }

    private static ByteString bytes(String text) throws BadValueException {
        try {
            String standard = text.replace('-', '+').replace('_', '/');
            return ByteString.copyFrom(Base64.getDecoder().decode(standard));
        } catch (IllegalArgumentException e) {
            throw new BadValueException("base64", "Must be base64.");
        }
    }

    private static EnumValueDescriptor constant(FieldDescriptor field, String text)
            throws BadValueException {
        for (EnumValueDescriptor value : field.getEnumType().getValues()) {
            if (value.getName().equals(text) || EnumNames.of(value).equals(text)) {
                return value;
            }
        }
        String known = String.join(", ", EnumNames.offered(field.getEnumType(), Profile.CONTRACT));
        throw new BadValueException("enum", "Must be one of: " + known + ".");
    }
}
