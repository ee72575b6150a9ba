package dev.tandem.runtime.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;

/** Fields by their names. */
final class Fields {
    private Fields() {}

    static boolean has(Message message, String name) {
        return message.hasField(field(message, name));
    }

    static Message message(Message message, String name) {
        return (Message) message.getField(field(message, name));
    }

    @SuppressWarnings("unchecked") // the field is known to be a list of messages
    static List<Message> messages(Message message, String name) {
        return (List<Message>) message.getField(field(message, name));
    }

    @SuppressWarnings("unchecked") // the field is known to be a list of strings
    static List<String> texts(Message message, String name) {
        return (List<String>) message.getField(field(message, name));
    }

    @SuppressWarnings("unchecked") // the field is known to be a list of bytes
    static List<ByteString> pieces(Message message, String name) {
        return (List<ByteString>) message.getField(field(message, name));
    }

    static ByteString bytes(Message message, String name) {
        return (ByteString) message.getField(field(message, name));
    }

    static String text(Message message, String name) {
        return (String) message.getField(field(message, name));
    }

    static int number(Message message, String name) {
        return (int) message.getField(field(message, name));
    }

    static boolean flag(Message message, String name) {
        return (boolean) message.getField(field(message, name));
    }

    static FieldDescriptor field(Message message, String name) {
        return message.getDescriptorForType().findFieldByName(name);
    }

    static FieldDescriptor field(Message.Builder message, String name) {
        return message.getDescriptorForType().findFieldByName(name);
    }
}
