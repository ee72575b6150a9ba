package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;

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
     * @param empty a message without this field, which is not changed
     * @return the message with the field
     * @throws JsonException when the bytes are not JSON, or do not fit the field; paths begin at
     *     the value
     */
    public Message read(byte[] json, Message empty) throws JsonException {
        return Source.of(json, 0, json.length)
                .read(
                        profile,
                        in -> {
                            Message.Builder into = empty.toBuilder();
                            int frame = in.marks.open(words);
                            field.read(in, into, frame);
                            in.marks.close(frame);
                            return into.buildPartial();
                        });
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
