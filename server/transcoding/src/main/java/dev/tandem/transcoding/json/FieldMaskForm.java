package dev.tandem.transcoding.json;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import java.util.StringJoiner;
import tools.jackson.core.JsonToken;

/** Paths in lowerCamelCase with commas between them: {@code user.displayName,photo}. */
final class FieldMaskForm implements MessageForm {
    @Override
    public Message read(JsonInput in) {
        if (in.token() != JsonToken.VALUE_STRING) {
            in.wrongKind("a string");
            return FieldMask.getDefaultInstance();
        }
        FieldMask.Builder mask = FieldMask.newBuilder();
        String text = in.text();
        if (text.indexOf('_') >= 0) {
            in.reject("format", "must be paths in lowerCamelCase");
            return FieldMask.getDefaultInstance();
        }
        for (String path : text.split(",", -1)) {
            if (!path.isEmpty()) {
                mask.addPaths(snake(path));
            }
        }
        return mask.build();
    }

    @Override
    public void write(Message message, JsonBuffer out) {
        StringJoiner paths = new StringJoiner(",");
        for (String path : ((FieldMask) message).getPathsList()) {
            if (!path.isEmpty()) {
                paths.add(written(path));
            }
        }
        out.string(paths.toString());
    }

    @Override
    public boolean takes(JsonToken first) {
        return first == JsonToken.VALUE_STRING;
    }

    private static String written(String path) {
        String camel = camel(path);
        if (!snake(camel).equals(path)) {
            throw new IllegalArgumentException(
                    "the path "
                            + Wording.quoted(path)
                            + " of a FieldMask would be another one when it is read again; use"
                            + " lower_snake_case");
        }
        return camel;
    }

    private static String snake(String camel) {
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                snake.append('_').append((char) (c - 'A' + 'a'));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }

    private static String camel(String snake) {
        StringBuilder camel = new StringBuilder();
        boolean capital = false;
        for (int i = 0; i < snake.length(); i++) {
            char c = snake.charAt(i);
            if (c == '_') {
                capital = true;
            } else {
                camel.append(capital && c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
                capital = false;
            }
        }
        return camel.toString();
    }

    @Override
    public Shape shape() {
        return new Shape.WellKnown(Shape.WellKnown.Kind.FIELD_MASK);
    }
}
