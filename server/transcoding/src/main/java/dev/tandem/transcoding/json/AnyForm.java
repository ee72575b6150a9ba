package dev.tandem.transcoding.json;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The fields of the message inside beside {@code "@type"}; the special form of a well-known type as
 * {@code "value"}.
 */
final class AnyForm implements MessageForm {
    private final Forms forms;

    AnyForm(Forms forms) {
        this.forms = forms;
    }

    @Override
    public Message read(JsonInput in) {
        if (in.token() != JsonToken.START_OBJECT) {
            in.wrongKind("an object");
            return Any.getDefaultInstance();
        }
        String path = in.path();
        byte[] object = in.slice();
        Source part = new Source(object, 0, object.length, true);
        String url = typeOf(part);
        if (url == null) {
            if (object.length > 2 && !in.lenient()) {
                in.report(
                        JsonPath.child(path, MessageTable.TYPE_URL),
                        "required",
                        "must be there, as a string");
            }
            return Any.getDefaultInstance();
        }
        Descriptor type = descriptor(url);
        if (type == null) {
            in.report(
                    JsonPath.child(path, MessageTable.TYPE_URL),
                    "enum",
                    "there is no type " + Wording.quoted(url));
            return Any.getDefaultInstance();
        }
        try (JsonParser parser = part.parser()) {
            parser.nextToken();
            Message message =
                    readInside(
                            in.within(parser, part, path),
                            forms.of(DynamicMessage.getDefaultInstance(type)));
            return Any.newBuilder()
                    .setTypeUrl(url)
                    .setValue(
                            message == null
                                    ? Any.getDefaultInstance().getValue()
                                    : message.toByteString())
                    .build();
        }
    }

    @Override
    public void write(Message message, JsonBuffer out) {
        Any any = (Any) message;
        if (any.getTypeUrl().isEmpty() && any.getValue().isEmpty()) {
            out.open();
            out.close();
            return;
        }
        Descriptor type = descriptor(any.getTypeUrl());
        if (type == null) {
            throw new IllegalArgumentException(
                    "a google.protobuf.Any holds "
                            + any.getTypeUrl()
                            + ", which is not in the registry of types");
        }
        Message inside;
        try {
            inside = DynamicMessage.parseFrom(type, any.getValue());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalArgumentException(
                    "a google.protobuf.Any does not hold a " + type.getFullName(), broken);
        }
        MessageForm form = forms.of(inside.getDefaultInstanceForType());
        if (form instanceof MessageTable table) {
            table.writeTyped(any.getTypeUrl(), inside, out);
            return;
        }
        out.open();
        out.name(MessageTable.TYPE_URL);
        out.string(any.getTypeUrl());
        out.name("value");
        form.write(inside, out);
        out.close();
    }

    @Override
    public boolean takes(JsonToken first) {
        return first == JsonToken.START_OBJECT;
    }

    private static @Nullable Message readInside(JsonInput in, MessageForm form) {
        if (form instanceof MessageTable table) {
            return table.readTyped(in);
        }
        Message value = null;
        while (in.next() == JsonToken.PROPERTY_NAME) {
            String name = in.name();
            in.next();
            if (name.equals("value")) {
                value = form.read(in);
            } else if (name.equals(MessageTable.TYPE_URL) || in.lenient()) {
                in.skip();
            } else {
                in.reject("unknown_field", "there is no field " + Wording.quoted(name));
            }
        }
        return value;
    }

    private static @Nullable String typeOf(Source object) {
        try (JsonParser parser = object.parser()) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean type = parser.currentName().equals(MessageTable.TYPE_URL);
                if (parser.nextToken() == JsonToken.VALUE_STRING && type) {
                    return parser.getString();
                }
                parser.skipChildren();
            }
            return null;
        }
    }

    private @Nullable Descriptor descriptor(String url) {
        try {
            return forms.types().getDescriptorForTypeUrl(url);
        } catch (InvalidProtocolBufferException noUrl) {
            return null;
        }
    }

    @Override
    public Shape shape() {
        return new Shape.WellKnown(Shape.WellKnown.Kind.ANY);
    }
}
