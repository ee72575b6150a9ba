package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** The bytes of a document, known to be UTF-8. */
final class Source {

    static final int MAX_DEPTH = 100;

    /** Jackson's own limits for the lengths of strings, names and numbers stay on. */
    static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                    .build();

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long BACKSLASHES = ONES * '\\';

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final boolean surrogateEscapes;

    Source(byte[] bytes, int offset, int length, boolean surrogateEscapes) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.surrogateEscapes = surrogateEscapes;
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Whether some string may hold a surrogate, which in valid UTF-8 only an escape can bring. */
    boolean hasSurrogateEscapes() {
        return surrogateEscapes;
    }

    /**
     * Looks at every byte once: Jackson by itself would take UTF-16 and UTF-32, overlong forms and
     * encoded surrogates, too.
     *
     * @throws JsonException when the bytes are not UTF-8
     */
    static Source of(byte[] bytes, int offset, int length) throws JsonException {
        if (length >= 3
                && bytes[offset] == (byte) 0xEF
                && bytes[offset + 1] == (byte) 0xBB
                && bytes[offset + 2] == (byte) 0xBF) {
            throw JsonException.malformed("the text begins with a byte order mark", 1, 1);
        }
        boolean ascii = true;
        boolean escapes = false;
        int end = offset + length;
        int i = offset;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, i);
            long differing = eight ^ BACKSLASHES;
            ascii &= (eight & TOPS) == 0;
            escapes |=
                    ((differing - ONES) & ~differing & TOPS) != 0
                            && surrogateEscape(bytes, i, i + Long.BYTES, end);
        }
        escapes |= surrogateEscape(bytes, i, end, end);
        for (; i < end; i++) {
            ascii &= bytes[i] >= 0;
        }
        if ((!ascii && !UnsafeByteOperations.unsafeWrap(bytes, offset, length).isValidUtf8())
                || zeroAmongTheFirst(bytes, offset, end)) {
            throw Syntax.notUtf8(bytes, offset, length);
        }
        return new Source(bytes, offset, length, escapes);
    }

    JsonParser parser() {
        return JSON.createParser(ObjectReadContext.empty(), bytes, offset, length);
    }

    /**
     * Reads the one value that the document is, with nothing but white space around it.
     *
     * @param value reads it, at its first token, to its last
     * @throws JsonException when the bytes are not JSON, or do not fit
     */
    Message read(Profile profile, Function<JsonInput, Message> value) throws JsonException {
        try (JsonParser parser = parser()) {
            try {
                return read(parser, profile, value);
            } catch (JacksonException failure) {
                throw Syntax.malformed(failure, parser, this);
            }
        }
    }

    private Message read(JsonParser parser, Profile profile, Function<JsonInput, Message> value)
            throws JsonException {
        if (parser.nextToken() == null) {
            throw JsonException.malformed("the text is empty", 1, 1);
        }
        JsonInput in = new JsonInput(parser, this, profile);
        Message message = value.apply(in);
        if (parser.nextToken() != null) {
            throw Syntax.trailing(parser);
        }
        if (!in.violations().isEmpty()) {
            throw JsonException.invalid(paths(in, message), in.count(), message);
        }
        return message;
    }

    /** Where names may be spelled in two ways, a path has that of the .proto file. */
    private static List<Violation> paths(JsonInput in, Message message) {
        if (in.profile == Profile.CONTRACT) {
            return in.violations();
        }
        return in.violations().stream()
                .map(each ->
                        new Violation(
                                ViolationPath.parse(each.path())
                                        .declaredIn(message.getDescriptorForType())
                                        .toString(),
                                each.rule(),
                                each.message()))
                .toList();
    }

    private static boolean surrogateEscape(byte[] bytes, int from, int to, int end) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\'
                    && i + 2 < end
                    && bytes[i + 1] == 'u'
                    && (bytes[i + 2] | 32) == 'd') {
                return true;
            }
        }
        return false;
    }

    /** How UTF-16 and UTF-32 begin; in JSON in UTF-8 there is no zero anywhere. */
    private static boolean zeroAmongTheFirst(byte[] bytes, int offset, int end) {
        for (int i = offset; i < Math.min(end, offset + 4); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
