package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.sym.PropertyNameMatcher;

/**
 * A message as an object of its fields, or as the bare value that stands for it. Compiled when it
 * is first needed.
 */
final class MessageTable implements MessageForm {
    static final String TYPE_URL = "@type";

    private final Message prototype;
    private final Forms forms;

    /** Immutable, so that a race can only compile it twice. */
    private @Nullable Layout compiled;

    MessageTable(Message prototype, Forms forms) {
        this.prototype = prototype;
        this.forms = forms;
    }

    Descriptor type() {
        return prototype.getDescriptorForType();
    }

    Layout layout() {
        Layout layout = compiled;
        return layout == null ? compile() : layout;
    }

    private synchronized Layout compile() {
        Layout layout = compiled;
        if (layout == null) {
            layout = new LayoutCompiler(prototype, forms).compile();
            compiled = layout;
        }
        return layout;
    }

    @Override
    public void write(Message message, JsonBuffer out) {
        Layout layout = layout();
        if (!writeShort(layout, message, false, out)) {
            writeObject(layout, message, out);
        }
    }

    @Override
    public void writeInArray(Message message, JsonBuffer out) {
        Layout layout = layout();
        boolean full = layout.shorthands == null || !layout.discriminators.isEmpty();
        if (!full && writeShort(layout, message, false, out)) {
            return;
        }
        if (takesNull() && isEmpty(layout, message)) {
            out.nothing();
        } else {
            writeObject(layout, message, out);
        }
    }

    @Override
    public boolean writeBare(Message message, JsonBuffer out) {
        return writeShort(layout(), message, true, out);
    }

    /** Writes the object with {@code "@type"} in front. */
    void writeTyped(String url, Message message, JsonBuffer out) {
        Layout layout = layout();
        out.open();
        out.name(TYPE_URL);
        out.string(url);
        out.raw(layout.head, 1, layout.head.length - 1);
        writeFields(layout, 0, message, out);
    }

    private void writeObject(Layout layout, Message message, JsonBuffer out) {
        out.raw(layout.head);
        writeFields(layout, 0, message, out);
    }

    /** Writes the fields from one on, and the end of the object. */
    void writeFields(Layout layout, int from, Message message, JsonBuffer out) {
        Field[] fields = layout.fields;
        for (int i = from; i < fields.length; i++) {
            fields[i].write(message, out);
        }
        ExtraKeys extra = layout.extra;
        if (extra != null) {
            extra.write(message, out);
        }
        out.close();
    }

    private static boolean writeShort(
            Layout layout, Message message, boolean inPlaceOfList, JsonBuffer out) {
        Shorthands shorthands = layout.shorthands;
        ExtraKeys extra = layout.extra;
        return shorthands != null
                && (extra == null || extra.isEmpty(message))
                && shorthands.write(message, layout.fields, inPlaceOfList, out);
    }

    private static boolean isEmpty(Layout layout, Message message) {
        for (Field field : layout.fields) {
            if (field.isSet(message)) {
                return false;
            }
        }
        return layout.extra == null || layout.extra.isEmpty(message);
    }

    @Override
    public boolean takes(JsonToken first) {
        Shorthands shorthands = layout().shorthands;
        return first == JsonToken.START_OBJECT || (shorthands != null && shorthands.takes(first));
    }

    @Override
    public boolean takesArrayOf(JsonToken first) {
        Shorthands shorthands = layout().shorthands;
        return shorthands != null && shorthands.takesArrayOf(first);
    }

    @Override
    public boolean takesNull() {
        Shorthands shorthands = layout().shorthands;
        return shorthands != null && shorthands.leaveNull();
    }

    @Override
    public Message read(JsonInput in) {
        if (in.token() == JsonToken.START_OBJECT) {
            return readObject(layout(), in, false);
        }
        if (in.token() == JsonToken.VALUE_NULL && takesNull()) {
            return prototype;
        }
        Shorthands shorthands = layout().shorthands;
        Field field = shorthands == null ? null : shorthands.of(in);
        if (shorthands == null || field == null) {
            in.wrongKind(shorthands == null ? "an object" : shorthands.wanted());
            return prototype;
        }
        Message.Builder builder = prototype.newBuilderForType();
        field.readValue(in, builder);
        return builder.buildPartial();
    }

    /** Reads an object that also has {@code "@type"}. */
    Message readTyped(JsonInput in) {
        return readObject(layout(), in, true);
    }

    private Message readObject(Layout layout, JsonInput in, boolean typed) {
        Message.Builder builder = prototype.newBuilderForType();
        JsonParser parser = in.parser;
        Map<String, String> extra = null;
        int frame = in.marks.open(layout.words);
        while (true) {
            int match = parser.nextNameMatch(layout.names);
            if (match >= 0) {
                Key key = layout.keys[match];
                in.next();
                if (in.marks.add(frame, key.bit())) {
                    key.read(in, builder, frame);
                } else {
                    in.reject("duplicate_key", JsonInput.TWICE);
                }
            } else if (match == PropertyNameMatcher.MATCH_UNKNOWN_NAME) {
                extra = readUnknown(layout, in, extra, typed);
            } else {
                break;
            }
        }
        if (extra != null && layout.extra != null) {
            layout.extra.put(builder, extra);
        }
        finish(layout, in, builder, frame);
        in.marks.close(frame);
        return builder.buildPartial();
    }

    private static @Nullable Map<String, String> readUnknown(
            Layout layout, JsonInput in, @Nullable Map<String, String> extra, boolean typed) {
        String name = in.name();
        JsonToken token = in.next();
        if (typed && name.equals(TYPE_URL)) {
            in.skip();
        } else if (layout.extra != null) {
            Map<String, String> all = extra == null ? new LinkedHashMap<>() : extra;
            if (all.containsKey(name)) {
                in.reject("duplicate_key", JsonInput.TWICE);
            } else if (token != JsonToken.VALUE_NULL) {
                all.put(name, in.json());
            }
            return all;
        } else if (in.lenient()) {
            in.skip();
        } else {
            in.reject("unknown_field", "there is no field " + Wording.quoted(name));
        }
        return extra;
    }

    private static void finish(Layout layout, JsonInput in, Message.Builder builder, int frame) {
        List<Discriminator> discriminators = layout.discriminators;
        for (int i = 0; i < discriminators.size(); i++) {
            discriminators.get(i).finish(in, builder, frame);
        }
        List<Field> required = layout.required;
        for (int i = 0; i < required.size(); i++) {
            Field field = required.get(i);
            if (!builder.hasField(field.descriptor()) && !in.marks.has(frame, field.bit())) {
                in.report(JsonPath.child(in.path(), field.name()), "required", "must be there");
            }
        }
    }

    @Override
    public Shape shape() {
        return new Shape.Nested(this);
    }
}
