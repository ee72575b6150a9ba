package dev.tandem.transcoding.openapi;

import build.buf.validate.EnumRules;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import dev.tandem.transcoding.json.Shape;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Schemas of enum values. */
final class Choices {
    private final Comments comments;
    private final Direction direction;

    Choices(Comments comments, Direction direction) {
        this.comments = comments;
        this.direction = direction;
    }

    /**
     * The names, with what they mean.
     *
     * @param words takes the meanings
     */
    Node of(Shape.Choice choice, Rules rules, List<String> words) {
        if (choice.isNull()) {
            return Node.of("type", "null");
        }
        EnumRules declared = rules.all().getEnum();
        Map<String, Integer> offered = new LinkedHashMap<>();
        choice.names()
                .forEach((name, number) -> {
                    if (isAllowed(declared, number)) {
                        offered.put(name, number);
                    }
                });
        meanings(choice, offered, words);
        boolean numbers = choice.numbers() && direction == Direction.READ;
        boolean closed =
                declared.getDefinedOnly()
                        || declared.getInCount() > 0
                        || declared.hasConst()
                        || choice.type().isClosed();
        if (!numbers) {
            return names(offered);
        }
        if (closed) {
            List<JsonValue> known = new ArrayList<>();
            offered.values().stream()
                    .distinct()
                    .forEach(number -> known.add(Node.JSON.createValue(number)));
            return new Node()
                    .putNodes(
                            "anyOf",
                            List.of(
                                    names(offered),
                                    Node.of("type", "integer").putValues("enum", known)));
        }
        Node number =
                Node.of("type", "integer")
                        .put("minimum", Integer.MIN_VALUE)
                        .put("maximum", Integer.MAX_VALUE);
        if (declared.getNotInCount() > 0) {
            number.put(
                    "not",
                    new Node()
                            .putValues(
                                    "enum",
                                    declared.getNotInList().stream()
                                            .map(each -> Node.JSON.createValue(each))
                                            .toList()));
        }
        return new Node().putNodes("anyOf", List.of(names(offered), number));
    }

    private static Node names(Map<String, Integer> offered) {
        return Node.of("type", "string").putStrings("enum", offered.keySet());
    }

    static boolean isAllowed(EnumRules rules, int number) {
        return (!rules.hasConst() || rules.getConst() == number)
                && (rules.getInCount() == 0 || rules.getInList().contains(number))
                && !rules.getNotInList().contains(number);
    }

    private void meanings(Shape.Choice choice, Map<String, Integer> offered, List<String> words) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Integer> each : offered.entrySet()) {
            EnumValueDescriptor value = choice.type().findValueByNumber(each.getValue());
            String meaning = value == null ? "" : comments.of(value).replace("\n", " ");
            if (!meaning.isEmpty()) {
                lines.add("- `" + each.getKey() + "`: " + meaning);
            }
        }
        words.add(String.join("\n", lines));
    }
}
