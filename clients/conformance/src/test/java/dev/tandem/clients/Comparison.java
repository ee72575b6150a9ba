package dev.tandem.clients;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what came of a case's rows with what is expected, and with each other where the case
 * leaves open what it is but not that it is the same. For one thread.
 */
final class Comparison {
    static final String ANYTHING = "*";
    static final String ANYTHING_OR_NOTHING = "**";
    static final String SAME = "=";

    private static final int LONGEST = 300;

    private final JsonObject expected;
    private final Map<String, Found> found = new LinkedHashMap<>();

    /** A value that must be the same in all rows, and who found it first. */
    private record Found(JsonValue value, String row) {}

    Comparison(JsonObject expected) {
        this.expected = expected;
    }

    /**
     * What is wrong with a row; empty where nothing is.
     *
     * @param row its name
     * @param result an object with {@code messages} and {@code error}
     */
    List<String> problems(String row, JsonObject result) {
        Look look = new Look(row);
        look.member("", "messages", expected, result);
        look.member("", "error", expected, result);
        return look.problems;
    }

    private final class Look {
        private final String row;
        private final List<String> problems = new ArrayList<>();

        Look(String row) {
            this.row = row;
        }

        void member(String path, String name, JsonObject wanted, JsonObject actual) {
            value(path + "/" + name, wanted.get(name), actual.get(name));
        }

        private void value(String path, @Nullable JsonValue wanted, @Nullable JsonValue actual) {
            String mark = wanted instanceof JsonString text ? text.getString() : "";
            switch (mark) {
                case ANYTHING_OR_NOTHING -> {}
                case ANYTHING -> there(path, actual);
                case SAME -> {
                    if (there(path, actual) && actual != null) {
                        same(path, actual);
                    }
                }
                default -> exactly(path, wanted, actual);
            }
        }

        private boolean there(String path, @Nullable JsonValue actual) {
            boolean nothing =
                    actual == null
                            || actual.getValueType() == JsonValue.ValueType.NULL
                            || (actual instanceof JsonString text && text.getString().isEmpty());
            if (nothing) {
                problems.add(path + ": there is nothing");
            }
            return !nothing;
        }

        private void same(String path, JsonValue actual) {
            Found first = found.putIfAbsent(path, new Found(actual, row));
            if (first == null) {
                return;
            }
            int before = problems.size();
            exactly(path, first.value(), actual);
            if (problems.size() > before) {
                problems.add("… differs from " + first.row());
            }
        }

        private void exactly(String path, @Nullable JsonValue wanted, @Nullable JsonValue actual) {
            if (wanted instanceof JsonObject one && actual instanceof JsonObject other) {
                Set<String> names = new LinkedHashSet<>(one.keySet());
                names.addAll(other.keySet());
                names.forEach(name -> member(path, name, one, other));
            } else if (wanted instanceof JsonArray one && actual instanceof JsonArray other) {
                array(path, one, other);
            } else if (!equal(wanted, actual)) {
                problems.add(
                        "%s: expected %s, was %s".formatted(path, shown(wanted), shown(actual)));
            }
        }

        private void array(String path, JsonArray wanted, JsonArray actual) {
            if (wanted.size() != actual.size()) {
                problems.add(
                        "%s: expected %d elements, were %d: %s"
                                .formatted(path, wanted.size(), actual.size(), shown(actual)));
                return;
            }
            for (int i = 0; i < wanted.size(); i++) {
                value(path + "/" + i, wanted.get(i), actual.get(i));
            }
        }
    }

    private static boolean equal(@Nullable JsonValue one, @Nullable JsonValue other) {
        if (one instanceof JsonNumber a && other instanceof JsonNumber b) {
            return Float.compare((float) a.doubleValue(), (float) b.doubleValue()) == 0;
        }
        return one != null && one.equals(other);
    }

    private static String shown(@Nullable JsonValue value) {
        String text = value == null ? "nothing" : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
