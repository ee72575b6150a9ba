package dev.tandem.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodecs;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The fields of a message as parameters of a query, and single values as text. */
final class QueryText {
    /** Those that are one text, not the fields within. */
    private static final Set<String> WHOLE =
            Set.of(
                    "google.protobuf.Timestamp",
                    "google.protobuf.Duration",
                    "google.protobuf.FieldMask",
                    "google.protobuf.DoubleValue",
                    "google.protobuf.FloatValue",
                    "google.protobuf.Int64Value",
                    "google.protobuf.UInt64Value",
                    "google.protobuf.Int32Value",
                    "google.protobuf.UInt32Value",
                    "google.protobuf.BoolValue",
                    "google.protobuf.StringValue",
                    "google.protobuf.BytesValue");

    private final JsonCodecs canonical;

    /** One parameter, not encoded. */
    record Parameter(String name, String value) {}

    /**
     * @param canonical for the types whose text is that of their JSON
     */
    QueryText(JsonCodecs canonical) {
        this.canonical = canonical;
    }

    /** All fields that the message has. */
    List<Parameter> of(Message message) {
        List<Parameter> parameters = new ArrayList<>();
        add("", message, parameters);
        return parameters;
    }

    private void add(String prefix, Message message, List<Parameter> into) {
        message.getAllFields()
                .forEach((field, value) -> {
                    String name = prefix + field.getName();
                    if (field.isRepeated()) {
                        ((List<?>) value).forEach(each -> addOne(name, field, each, into));
                    } else {
                        addOne(name, field, value, into);
                    }
                });
    }

    private void addOne(String name, FieldDescriptor field, Object value, List<Parameter> into) {
        if (field.isMapField()) {
            FieldDescriptor key = field.getMessageType().findFieldByName("key");
            FieldDescriptor mapped = field.getMessageType().findFieldByName("value");
            Message entry = (Message) value;
            String place = name + "[" + text(key, entry.getField(key)) + "]";
            addOne(place, mapped, entry.getField(mapped), into);
        } else if (value instanceof Message message
                && !WHOLE.contains(message.getDescriptorForType().getFullName())) {
            add(name + ".", message, into);
        } else {
            into.add(new Parameter(name, text(field, value)));
        }
    }

    /** One value as a path or a query has it. */
    String text(FieldDescriptor field, Object value) {
        return switch (value) {
            case EnumValueDescriptor constant -> constant.getName();
            case ByteString bytes -> Base64.getUrlEncoder().encodeToString(bytes.toByteArray());
            case Message message -> whole(message);
            case Integer number when unsigned(field) -> Integer.toUnsignedString(number);
            case Long number when unsigned(field) -> Long.toUnsignedString(number);
            default -> value.toString();
        };
    }

    private String whole(Message message) {
        JsonBuffer json = new JsonBuffer();
        canonical.of(message.getDefaultInstanceForType()).write(message, json);
        String text = json.toString();
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean unsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, FIXED32, UINT64, FIXED64 -> true;
            default -> false;
        };
    }
}
