package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * Reads and writes one field of a message as a JSON document of its own: an object, an array, a
 * string, a number. Immutable; for all threads.
 */
public final class FieldCodec {
    private final Field field;
    private final int words;
    private final Profile profile;

    /** The codec of a singular message; null for fields of other types. */
    private final @Nullable JsonCodec whole;

    FieldCodec(Field field, int words, Profile profile, @Nullable JsonCodec whole) {
        this.field = field;
        this.words = words;
        this.profile = profile;
        this.whole = whole;
    }

    /**
     * Reads one JSON value, as {@link JsonCodec#read(byte[])}. Null means that the field has no
     * value, unless it is of a type that holds null.
     *
     * @param into gets the value; its field is empty
     * @throws JsonException when the bytes are not JSON, or do not fit the field; paths begin at
     *     the value
     */
    public void read(byte[] json, Message.Builder into) throws JsonException {
        Source source = Source.of(json, 0, json.length);
        try (JsonParser parser = source.parser()) {
            if (parser.nextToken() == null) {
                throw JsonException.malformed("the text is empty", 1, 1);
            }
            JsonInput in = new JsonInput(parser, source, profile);
            int frame = in.marks.open(words);
            field.read(in, into, frame);
            in.marks.close(frame);
            if (parser.nextToken() != null) {
                throw Syntax.trailing(parser);
            }
            if (!in.violations().isEmpty()) {
                throw JsonException.invalid(in.violations(), in.count(), into.buildPartial());
            }
        } catch (JacksonException failure) {
            throw Syntax.malformed(failure, source);
        }
    }

    /**
     * Appends the field's value as one JSON value, without white space. Of a field without value
     * that is its default: an empty list, {@code ""}, an object of the message's defaults.
     *
     * @param message that has the field
     * @throws IllegalArgumentException as {@link JsonCodec#write}
     */
    public void write(Message message, JsonBuffer out) {
        FieldDescriptor descriptor = field.descriptor();
        if (whole != null) {
            whole.write((Message) message.getField(descriptor), out);
            return;
        }
        int before = out.length();
        try {
            field.writeValue(message, out);
        } catch (IllegalArgumentException unwritable) {
            out.truncate(before);
            throw unwritable;
        }
        out.end();
    }
}
