package dev.tandem.runtime.rules;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.options.v1.Options;
import dev.tandem.options.v1.Shorthand;
import dev.tandem.runtime.rules.Findings.Step;
import dev.tandem.transcoding.json.ViolationPath;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The path of a broken rule in the names of the .proto file: {@code messages[0].content[1].text}.
 */
final class RulePath {
    private RulePath() {}

    /** With every field on the way. */
    static String spelledOut(List<Step> way) {
        StringBuilder path = new StringBuilder();
        for (Step step : way) {
            name(step, path);
            subscript(step, path);
        }
        return path.toString();
    }

    /**
     * As in JSON where every value stands bare that may: {@code tool_choice} for the mode of a
     * choice that has nothing else, {@code stop} for the only stop string.
     */
    static String asSent(List<Step> way) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < way.size(); i++) {
            Step step = way.get(i);
            if (i == 0 || !mayStandBare(step.owner, step.field)) {
                name(step, path);
            }
            if (!isOnlyOne(step)) {
                subscript(step, path);
            }
        }
        return path.toString();
    }

    /** Has the message a shorthand for the field, and is no other set? */
    private static boolean mayStandBare(Message message, FieldDescriptor field) {
        return shorthands(message).contains(field.getName())
                && Set.of(field).containsAll(message.getAllFields().keySet());
    }

    /** Is nothing set but a field for which the message has a shorthand? */
    private static boolean mayStandBare(Message message) {
        Set<FieldDescriptor> set = message.getAllFields().keySet();
        Set<String> shorthands = shorthands(message);
        return !shorthands.isEmpty()
                && set.size() <= 1
                && set.stream().allMatch(field -> shorthands.contains(field.getName()));
    }

    private static Set<String> shorthands(Message message) {
        return message
                .getDescriptorForType()
                .getOptions()
                .getExtension(Options.message)
                .getShorthandList()
                .stream()
                .map(Shorthand::getField)
                .collect(Collectors.toSet());
    }

    /** Is it the element of a list of one, which may stand without the list? */
    private static boolean isOnlyOne(Step step) {
        FieldDescriptor field = step.field;
        if (step.index != 0
                || !field.getOptions().getExtension(Options.field).getSingle()
                || step.owner.getRepeatedFieldCount(field) != 1) {
            return false;
        }
        return !(step.owner.getRepeatedField(field, 0) instanceof Message message)
                || mayStandBare(message);
    }

    private static void name(Step step, StringBuilder path) {
        path.append(path.isEmpty() ? "" : ".").append(step.field.getName());
    }

    private static void subscript(Step step, StringBuilder path) {
        if (step.index >= 0) {
            path.append('[').append(step.index).append(']');
        } else if (step.hasKey()) {
            path.append(ViolationPath.key(keyText(step)));
        }
    }

    private static String keyText(Step step) {
        return switch (step.field.getMessageType().findFieldByNumber(1).getType()) {
            case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) step.key);
            case UINT64, FIXED64 -> Long.toUnsignedString((Long) step.key);
            default -> step.key.toString();
        };
    }
}
