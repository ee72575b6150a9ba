package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import tools.jackson.core.JsonToken;

/** A key with a fixed value and no field. The object's head writes it. */
final class Constant extends Key {
    private final String value;

    Constant(String name, int bit, String value) {
        super(name, bit);
        this.value = value;
    }

    String value() {
        return value;
    }

    @Override
    void read(JsonInput in, Message.Builder builder, int frame) {
        boolean fits = in.token() == JsonToken.VALUE_STRING && in.parser.getString().equals(value);
        if (fits || in.token() == JsonToken.VALUE_NULL || in.lenient()) {
            in.skip();
        } else {
            in.reject("constant", "must be \"" + value + '"');
        }
    }
}
