package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import tools.jackson.core.JsonToken;

/** A message, whatever its type looks like. */
final class MessageElement extends Element {
    private final MessageForm form;
    private final Message prototype;

    MessageElement(MessageForm form, Message prototype) {
        this.form = form;
        this.prototype = prototype;
    }

    MessageForm form() {
        return form;
    }

    Message prototype() {
        return prototype;
    }

    @Override
    Message read(JsonInput in) {
        return form.read(in);
    }

    @Override
    void write(Object value, JsonBuffer out) {
        form.writeInArray((Message) value, out);
    }

    @Override
    void writeAlone(Object value, JsonBuffer out) {
        form.write((Message) value, out);
    }

    @Override
    boolean takes(JsonToken first) {
        return form.takes(first);
    }

    @Override
    boolean takesArrayOf(JsonToken first) {
        return form.takesArrayOf(first);
    }

    @Override
    boolean takesNull() {
        return form.takesNull();
    }

    @Override
    boolean writeBare(Object value, JsonBuffer out) {
        return form.writeBare((Message) value, out);
    }

    @Override
    Shape shape() {
        return form.shape();
    }
}
