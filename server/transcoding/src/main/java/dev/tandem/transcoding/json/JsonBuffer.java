package dev.tandem.transcoding.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte array that JSON is written to and that is used again and again. Not for more than
 * one thread at a time.
 *
 * <p>Inside this package every value is followed by a comma, which the closing bracket takes back:
 * so nobody has to know whether he is the first.
 */
public final class JsonBuffer {
    private static final int INITIAL = 512;

    /** What {@link #reset} keeps; a larger array is given back to the collector. */
    private static final int KEPT = 64 * 1024;

    /** From here on a float's shortest spelling is not its exact value. */
    private static final float LARGEST_EXACT_FLOAT = 1 << 24;

    private static final byte[] NULL = ascii("null,");
    private static final byte[] TRUE = ascii("true,");
    private static final byte[] FALSE = ascii("false,");
    private static final byte[] MIN_LONG = ascii("-9223372036854775808,");
    private static final byte[] BASE64 =
            ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private byte[] bytes = new byte[INITIAL];
    private int length;

    /**
     * The bytes written, from 0 to {@link #length()}; valid until the next call that writes or
     * resets.
     */
    public byte[] array() {
        return bytes;
    }

    /** How many bytes were written since the last {@link #reset}. */
    public int length() {
        return length;
    }

    /** Makes the buffer empty. */
    public JsonBuffer reset() {
        length = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[INITIAL];
        }
        return this;
    }

    /** Appends bytes as they are: framing around JSON values ({@code data: }). */
    public JsonBuffer raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    /** Appends bytes as they are. */
    public JsonBuffer raw(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** The bytes written, copied. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** The bytes written, as text; for tests and logs. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** A key as it stands in front of its value: quoted, escaped, with its colon. */
    static byte[] key(String name) {
        JsonBuffer key = new JsonBuffer();
        key.name(name);
        return key.toByteArray();
    }

    /** A key that is not known beforehand. */
    void name(String name) {
        string(name);
        bytes[length - 1] = ':';
    }

    void open() {
        put((byte) '{');
    }

    void close() {
        closeWith((byte) '}');
    }

    void openArray() {
        put((byte) '[');
    }

    void closeArray() {
        closeWith((byte) ']');
    }

    /** Takes back the comma after the last value. */
    void end() {
        length--;
    }

    /** Takes back everything after a length that was asked for before. */
    void truncate(int earlier) {
        length = earlier;
    }

    void nothing() {
        raw(NULL);
    }

    void bool(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    void string(String text) {
        ensure(1);
        bytes[length++] = '"';
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + Escapes.PORTION);
            ensure(Escapes.room(to - from));
            long done = Escapes.encode(text, from, to, bytes, length);
            from = (int) (done >>> 32);
            length = (int) done;
        }
        ensure(2);
        bytes[length++] = '"';
        bytes[length++] = ',';
    }

    /** Text of letters, digits and signs that need no escape. */
    void plain(String text) {
        int count = text.length();
        ensure(count + 3);
        bytes[length++] = '"';
        latin(text);
        bytes[length++] = '"';
        bytes[length++] = ',';
    }

    void number(long value) {
        if (value == Long.MIN_VALUE) {
            raw(MIN_LONG);
            return;
        }
        ensure(21);
        long rest = value;
        if (rest < 0) {
            bytes[length++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long power = 10; digits < 19 && rest >= power; power *= 10) {
            digits++;
        }
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        bytes[length++] = ',';
    }

    void unsigned(long value) {
        if (value >= 0) {
            number(value);
        } else {
            literal(Long.toUnsignedString(value));
        }
    }

    /** NaN and the infinities become strings, as protobuf's JSON mapping has it. */
    void number(double value) {
        if (isWhole(value)) {
            number((long) value);
        } else if (Double.isFinite(value)) {
            literal(Double.toString(value));
        } else {
            plain(Double.toString(value));
        }
    }

    void number(float value) {
        if (isWhole(value) && Math.abs(value) < LARGEST_EXACT_FLOAT) {
            number((long) value);
        } else if (Float.isFinite(value)) {
            literal(Float.toString(value));
        } else {
            plain(Float.toString(value));
        }
    }

    /** Standard alphabet, padded. */
    void base64(ByteString data) {
        int size = data.size();
        ensure((size + 2) / 3 * 4 + 3);
        bytes[length++] = '"';
        for (int i = 0; i < size; i += 3) {
            int left = size - i;
            int three =
                    ((data.byteAt(i) & 0xff) << 16)
                            | (left > 1 ? (data.byteAt(i + 1) & 0xff) << 8 : 0)
                            | (left > 2 ? data.byteAt(i + 2) & 0xff : 0);
            bytes[length++] = BASE64[three >> 18];
            bytes[length++] = BASE64[(three >> 12) & 63];
            bytes[length++] = left > 1 ? BASE64[(three >> 6) & 63] : (byte) '=';
            bytes[length++] = left > 2 ? BASE64[three & 63] : (byte) '=';
        }
        bytes[length++] = '"';
        bytes[length++] = ',';
    }

    /**
     * JSON text as a value, without the white space between its tokens.
     *
     * @param field whose text it is
     * @throws IllegalArgumentException when it is not JSON
     */
    void json(String text, FieldDescriptor field) {
        try {
            raw(JsonText.compact(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException(
                    field.getFullName() + " holds text that is " + broken.getMessage(), broken);
        }
        put((byte) ',');
    }

    private static boolean isWhole(double value) {
        return value == (long) value && Math.abs(value) < 1e15 && (value != 0 || 1 / value > 0);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void literal(String text) {
        ensure(text.length() + 1);
        latin(text);
        bytes[length++] = ',';
    }

    private void latin(String text) {
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    private void put(byte one) {
        ensure(1);
        bytes[length++] = one;
    }

    private void closeWith(byte bracket) {
        if (bytes[length - 1] == ',') {
            length--;
        }
        ensure(2);
        bytes[length++] = bracket;
        bytes[length++] = ',';
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
