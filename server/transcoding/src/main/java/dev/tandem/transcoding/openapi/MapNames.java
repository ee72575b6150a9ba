package dev.tandem.transcoding.openapi;

import build.buf.validate.StringRules;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;

/** Schemas of the keys of maps, which in JSON are strings whatever their type. */
final class MapNames {
    private MapNames() {}

    /** Says nothing where every string is a key. */
    static Node of(FieldDescriptor key, Rules rules, List<String> words) {
        return switch (key.getType()) {
            case STRING -> {
                Node text = new Node();
                if (rules.typed().orElse(null) instanceof StringRules declared) {
                    new TextRules(declared).addTo(text, words);
                }
                yield text;
            }
            case BOOL -> new Node().putStrings("enum", List.of("true", "false"));
            case UINT32, FIXED32 -> digits("^", 10);
            case UINT64, FIXED64 -> digits("^", 20);
            case INT64, SINT64, SFIXED64 -> digits("^-?", 19);
            default -> digits("^-?", 10);
        };
    }

    private static Node digits(String begin, int most) {
        return Node.of("pattern", begin + "(0|[1-9][0-9]{0," + (most - 1) + "})$");
    }
}
