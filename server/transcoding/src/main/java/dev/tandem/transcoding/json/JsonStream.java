package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages of one stream. The leading fields that are the same in all of them are
 * encoded once. One for each stream; not for more than one thread at a time.
 */
public final class JsonStream {
    private final JsonCodec codec;
    private final @Nullable MessageTable table;
    private final @Nullable Layout layout;

    private @Nullable Message first;
    private byte[] prefix = {};
    private int[] ends = {};
    private int same;

    JsonStream(JsonCodec codec) {
        this.codec = codec;
        table =
                codec.form() instanceof MessageTable message && message.layout().shorthands == null
                        ? message
                        : null;
        layout = table == null ? null : table.layout();
    }

    /** Appends the message as one JSON value, byte for byte as {@link JsonCodec#write} does. */
    public void write(Message message, JsonBuffer out) {
        if (table == null || layout == null) {
            codec.write(message, out);
            return;
        }
        if (first == null) {
            keepPrefix(layout, message);
        } else {
            shorten(layout, message, first);
        }
        int before = out.length();
        try {
            out.raw(prefix, 0, ends[same]);
            table.writeFields(layout, same, message, out);
        } catch (IllegalArgumentException unwritable) {
            out.truncate(before);
            throw unwritable;
        }
        out.end();
    }

    /**
     * Encodes the leading fields up to the first list, map or message, which are taken to change.
     */
    private void keepPrefix(Layout layout, Message message) {
        Field[] fields = layout.fields;
        JsonBuffer buffer = new JsonBuffer().raw(layout.head);
        int[] after = new int[fields.length + 1];
        after[0] = buffer.length();
        int count = 0;
        while (count < fields.length && fields[count].looksTheSame(message, message)) {
            fields[count].write(message, buffer);
            after[++count] = buffer.length();
        }
        first = message;
        same = count;
        ends = Arrays.copyOf(after, count + 1);
        prefix = buffer.toByteArray();
    }

    private void shorten(Layout layout, Message message, Message other) {
        Field[] fields = layout.fields;
        for (int i = 0; i < same; i++) {
            if (!fields[i].looksTheSame(message, other)) {
                same = i;
            }
        }
    }
}
