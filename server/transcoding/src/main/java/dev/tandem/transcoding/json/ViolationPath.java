package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of a violation, taken apart: {@code messages[0].labels["a.b"]} is a name, an index, a
 * name and a key. Keys and names that are no identifiers stand in brackets and quotes, and are cut
 * to 60 characters.
 *
 * @param steps from the outermost on; none for the whole value
 */
public record ViolationPath(List<Step> steps) {
    private static final int LAST = Integer.MAX_VALUE;
    private static final Pattern STEP =
            Pattern.compile(
                    "\\[\"(?<key>(?:[^\"\\\\]|\\\\.)*+)\"]\\.?"
                            + "|\\[(?<index>\\d{1,9})]\\.?"
                            + "|(?<name>[^.\\[]++)\\.?");

    /** One step inwards. */
    public sealed interface Step {
        /** Into a field, or another key of an object. */
        record Name(String name) implements Step {}

        /** Into an element of a list. */
        record Index(int index) implements Step {}

        /** Into a map's value. */
        record Key(String key) implements Step {}
    }

    public ViolationPath {
        steps = List.copyOf(steps);
    }

    /** Takes a path apart. What is no path is one name. */
    public static ViolationPath parse(String path) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.regionStart() < path.length()) {
            if (!matcher.lookingAt()) {
                return new ViolationPath(List.of(new Step.Name(path)));
            }
            steps.add(step(matcher));
            matcher.region(matcher.end(), path.length());
        }
        return new ViolationPath(steps);
    }

    private static Step step(Matcher matcher) {
        String key = matcher.group("key");
        String index = matcher.group("index");
        if (key != null) {
            return new Step.Key(key.replaceAll("\\\\(.)", "$1"));
        }
        return index == null
                ? new Step.Name(matcher.group("name"))
                : new Step.Index(Integer.parseInt(index));
    }

    /** A key as it stands in a path, with brackets. */
    public static String key(String key) {
        String quoted = Wording.quoted(key);
        String inner = quoted.substring(1, quoted.length() - 1);
        return "[\"" + inner.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }

    /** Is one of the two paths within the other, or are they the same? */
    public boolean touches(ViolationPath other) {
        int shared = Math.min(steps.size(), other.steps.size());
        return steps.subList(0, shared).equals(other.steps.subList(0, shared));
    }

    /** Is the other path within this one, and not the same? */
    public boolean encloses(ViolationPath other) {
        return steps.size() < other.steps.size() && touches(other);
    }

    /** The same path where each field has its name in the .proto file. */
    public ViolationPath declaredIn(Descriptor type) {
        List<Step> declared = new ArrayList<>();
        Walk walk = new Walk(type);
        for (Step step : steps) {
            FieldDescriptor field = walk.enter(step);
            declared.add(field == null ? step : new Step.Name(field.getName()));
        }
        return new ViolationPath(declared);
    }

    /**
     * Where a path stands among those of one message: numbers to be compared one by one, in the
     * order of the fields, what is no field last.
     */
    List<Integer> placeIn(Descriptor type) {
        List<Integer> place = new ArrayList<>();
        Walk walk = new Walk(type);
        for (Step step : steps) {
            FieldDescriptor field = walk.enter(step);
            place.add(
                    switch (step) {
                        case Step.Name _ -> field == null ? LAST : field.getIndex();
                        case Step.Index(int index) -> index;
                        case Step.Key _ -> 0;
                    });
        }
        return place;
    }

    /** Compares by the order of a message's fields; the outer path comes first. */
    public static int compare(Descriptor type, ViolationPath one, ViolationPath other) {
        List<Integer> first = one.placeIn(type);
        List<Integer> second = other.placeIn(type);
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            int difference = Integer.compare(first.get(i), second.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(first.size(), second.size());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Step.Name(String name) -> text.append(text.isEmpty() ? "" : ".").append(name);
                case Step.Index(int index) -> text.append('[').append(index).append(']');
                case Step.Key(String key) -> text.append(key(key));
            }
        }
        return text.toString();
    }

    /** Follows the steps through the declarations, as far as they are declared. */
    private static final class Walk {
        private @Nullable Descriptor type;

        Walk(Descriptor type) {
            this.type = type;
        }

        /** The field that the step enters; null where it enters none. */
        @Nullable FieldDescriptor enter(Step step) {
            Descriptor here = type;
            if (here == null || !(step instanceof Step.Name(String name))) {
                return null;
            }
            FieldDescriptor field = here.findFieldByName(name);
            if (field == null) {
                field =
                        here.getFields().stream()
                                .filter(each -> each.getJsonName().equals(name))
                                .findFirst()
                                .orElse(null);
            }
            FieldDescriptor value =
                    field != null && field.isMapField()
                            ? field.getMessageType().findFieldByNumber(2)
                            : field;
            type =
                    value != null && value.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                            ? value.getMessageType()
                            : null;
            return field;
        }
    }
}
