package dev.tandem.transcoding.json;

import tools.jackson.core.JsonToken;

/** Text. */
final class StringElement extends Element {
    @Override
    String read(JsonInput in) {
        if (in.token() != JsonToken.VALUE_STRING) {
            in.wrongKind("a string");
            return "";
        }
        return in.text();
    }

    @Override
    void write(Object value, JsonBuffer out) {
        out.string((String) value);
    }

    @Override
    boolean takes(JsonToken first) {
        return first == JsonToken.VALUE_STRING;
    }

    @Override
    Shape shape() {
        return new Shape.Text();
    }
}
