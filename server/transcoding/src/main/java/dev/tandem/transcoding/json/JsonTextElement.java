package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import tools.jackson.core.JsonToken;

/**
 * Any JSON value, kept as text, so that the order of keys and the spelling of numbers survive. No
 * text is null.
 */
final class JsonTextElement extends Element {
    private final FieldDescriptor field;

    JsonTextElement(FieldDescriptor field) {
        this.field = field;
    }

    @Override
    String read(JsonInput in) {
        return in.json();
    }

    @Override
    void write(Object value, JsonBuffer out) {
        String text = (String) value;
        if (text.isEmpty()) {
            out.nothing();
        } else {
            out.json(text, field);
        }
    }

    @Override
    boolean takes(JsonToken first) {
        return true;
    }

    @Override
    Shape shape() {
        return new Shape.JsonText();
    }
}
