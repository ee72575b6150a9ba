package dev.tandem.transcoding.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JsonToken;

/** Bytes as base64: read in both alphabets, padded or not; written in the standard one, padded. */
final class BytesElement extends Element {
    @Override
    ByteString read(JsonInput in) {
        if (in.token() != JsonToken.VALUE_STRING) {
            in.wrongKind("a string of base64");
            return ByteString.EMPTY;
        }
        byte[] text = in.parser.getString().getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < text.length; i++) {
            text[i] =
                    switch (text[i]) {
                        case '-' -> '+';
                        case '_' -> '/';
                        default -> text[i];
                    };
        }
        try {
            return UnsafeByteOperations.unsafeWrap(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException broken) {
            in.reject("base64", "must be base64");
            return ByteString.EMPTY;
        }
    }

    @Override
    void write(Object value, JsonBuffer out) {
        out.base64((ByteString) value);
    }

    @Override
    boolean takes(JsonToken first) {
        return first == JsonToken.VALUE_STRING;
    }

    @Override
    Shape shape() {
        return new Shape.Bytes();
    }
}
