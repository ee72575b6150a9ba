package dev.tandem.structured.grammar;

import dev.tandem.structured.json.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Random schemas, each with random texts of values that fit it. */
final class RandomSchema {
    /**
     * A schema's text.
     *
     * @param value makes a text of a value that fits; another each time
     */
    record Sample(String schema, Supplier<String> value) {}

    private static final String[] CHARACTERS = {
        "a", "Z", "0", "-", " ", "\"", "\\", "\n", "é", "\u4E2D", "\uD83D\uDE00", "{", ",", "]"
    };
    private static final Map<String, String[]> FORMATS =
            Map.of(
                    "date", new String[] {"2024-02-29", "1999-12-31"},
                    "date-time",
                            new String[] {"2024-01-01T23:59:59Z", "2024-01-01T00:00:00.5+01:30"},
                    "time", new String[] {"12:00:00Z", "08:30:59-05:00"},
                    "uuid", new String[] {"123e4567-e89b-12d3-a456-426614174000"},
                    "email", new String[] {"a.b@example.com", "x+y@mail.example.org"},
                    "ipv4", new String[] {"127.0.0.1", "255.255.255.255"},
                    "ipv6", new String[] {"::1", "2001:db8::8a2e:370:7334"},
                    "uri", new String[] {"https://example.com/a?b=c#d", "mailto:a@b.c"},
                    "hostname", new String[] {"example.com", "a-b.c"},
                    "duration", new String[] {"P1DT2H", "PT5M"});
    private static final Map<String, String[]> PATTERNS =
            Map.of(
                    "^[A-Z]{2,3}-\\d+$", new String[] {"AB-1", "XYZ-99"},
                    "^(red|green|blue)$", new String[] {"red", "blue"},
                    "b+", new String[] {"abba", "b", "xb\"y"},
                    "^[^x]*$", new String[] {"", "abc", "\n\\"},
                    "^(\\w+\\.)*\\w+$", new String[] {"a", "a.b.c"});

    private final Random random;
    private final Map<String, String> definitions = new LinkedHashMap<>();

    RandomSchema(Random random) {
        this.random = random;
    }

    Sample sample() {
        Sample body = any(3);
        if (definitions.isEmpty()) {
            return body;
        }
        String inside =
                definitions.entrySet().stream()
                        .map(entry -> JsonWriter.quoted(entry.getKey()) + ":" + entry.getValue())
                        .collect(Collectors.joining(","));
        String schema =
                body.schema().equals("{}")
                        ? "{"
                        : body.schema().substring(0, body.schema().length() - 1) + ",";
        return new Sample(schema + "\"$defs\":{" + inside + "}}", body.value());
    }

    private Sample any(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 11)) {
            case 0 -> integer();
            case 1 -> decimal();
            case 2 -> text();
            case 3 -> known(random.nextBoolean());
            case 4 -> new Sample("{\"type\":\"boolean\"}", () -> pick("true", "false"));
            case 5 -> values();
            case 6 -> array(depth);
            case 7 -> object(depth);
            case 8 -> map(depth);
            case 9 -> either(depth);
            default -> recursive(depth);
        };
    }

    private Sample integer() {
        int low = random.nextInt(2_000) - 1_000;
        int high = low + random.nextInt(random.nextBoolean() ? 5 : 3_000);
        int step = random.nextInt(4) == 0 ? 1 + random.nextInt(12) : 1;
        if (Math.floorDiv(high, step) * step < low) {
            return integer();
        }
        String schema =
                "{\"type\":\"integer\",\"minimum\":"
                        + low
                        + ",\"maximum\":"
                        + high
                        + (step == 1 ? "" : ",\"multipleOf\":" + step)
                        + "}";
        int first = Math.floorDiv(low + step - 1, step);
        int last = Math.floorDiv(high, step);
        return new Sample(schema, () -> "" + step * (first + random.nextInt(last - first + 1)));
    }

    private Sample decimal() {
        int low = random.nextInt(20_000) - 10_000;
        int high = low + 2 + random.nextInt(random.nextBoolean() ? 30 : 20_000);
        boolean open = random.nextBoolean();
        String schema =
                "{\"type\":\"number\",\""
                        + (open ? "exclusiveMinimum" : "minimum")
                        + "\":"
                        + BigDecimal.valueOf(low, 2)
                        + ",\"maximum\":"
                        + BigDecimal.valueOf(high, 2)
                        + "}";
        return new Sample(
                schema,
                () -> {
                    int value = low + 1 + random.nextInt(high - low);
                    String extra = value == high ? "" : pick("", "3", "07");
                    String text = BigDecimal.valueOf(value, 2) + (value < 0 ? "" : extra);
                    return text;
                });
    }

    private Sample text() {
        int least = random.nextInt(3);
        int most = least + random.nextInt(4);
        return new Sample(
                "{\"type\":\"string\",\"minLength\":" + least + ",\"maxLength\":" + most + "}",
                () -> string(least + random.nextInt(most - least + 1)));
    }

    private String string(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(pick(CHARACTERS));
        }
        return JsonWriter.quoted(text.toString());
    }

    private Sample known(boolean format) {
        Map<String, String[]> all = format ? FORMATS : PATTERNS;
        String name = pick(all.keySet().stream().sorted().toArray(String[]::new));
        return new Sample(
                "{\"type\":\"string\",\""
                        + (format ? "format" : "pattern")
                        + "\":"
                        + JsonWriter.quoted(name)
                        + "}",
                () -> JsonWriter.quoted(pick(all.getOrDefault(name, new String[0]))));
    }

    private Sample values() {
        String[] all = {"1", "null", "\"a\\\"b\"", "[1,2]", "{\"x\":1}", "2.5"};
        return new Sample("{\"enum\":[" + String.join(",", all) + "]}", () -> pick(all));
    }

    private Sample array(int depth) {
        Sample item = any(depth - 1);
        int least = random.nextInt(3);
        int most = least + random.nextInt(3);
        boolean endless = random.nextBoolean();
        boolean tuple = random.nextInt(3) == 0;
        Sample first = any(depth - 1);
        String schema =
                "{\"type\":\"array\","
                        + (tuple ? "\"prefixItems\":[" + first.schema() + "]," : "")
                        + "\"items\":"
                        + item.schema()
                        + ",\"minItems\":"
                        + least
                        + (endless ? "" : ",\"maxItems\":" + most)
                        + "}";
        return new Sample(
                schema,
                () -> {
                    int count = least + random.nextInt(endless ? 5 : most - least + 1);
                    List<String> items = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        items.add(
                                space() + (tuple && i == 0 ? first : item).value().get() + space());
                    }
                    return "[" + (items.isEmpty() ? space() : String.join(",", items)) + "]";
                });
    }

    private Sample object(int depth) {
        Map<String, Sample> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            String name = pick("a", "ab", "b", "na me", "q\"", "é") + i;
            properties.put(name, any(depth - 1));
            if (random.nextBoolean()) {
                required.add(JsonWriter.quoted(name));
            }
        }
        Sample others = random.nextInt(3) == 0 ? any(depth - 1) : null;
        String schema =
                "{\"type\":\"object\",\"properties\":{"
                        + properties.entrySet().stream()
                                .map(entry ->
                                        JsonWriter.quoted(entry.getKey())
                                                + ":"
                                                + entry.getValue().schema())
                                .collect(Collectors.joining(","))
                        + "},\"required\":"
                        + required
                        + ",\"additionalProperties\":"
                        + (others == null ? "false" : others.schema())
                        + "}";
        return new Sample(
                schema,
                () -> {
                    List<String> members = new ArrayList<>();
                    properties.forEach((name, value) -> {
                        if (required.contains(JsonWriter.quoted(name)) || random.nextBoolean()) {
                            members.add(member(JsonWriter.quoted(name), value));
                        }
                    });
                    if (others != null && random.nextBoolean()) {
                        members.add(member("\"other\"", others));
                    }
                    return "{" + (members.isEmpty() ? space() : String.join(",", members)) + "}";
                });
    }

    private String member(String quoted, Sample value) {
        return space() + quoted + ":" + space() + value.value().get() + space();
    }

    private Sample map(int depth) {
        Sample value = any(depth - 1);
        int most = 1 + random.nextInt(3);
        int least = random.nextInt(2);
        return new Sample(
                "{\"type\":\"object\",\"additionalProperties\":"
                        + value.schema()
                        + ",\"minProperties\":"
                        + least
                        + ",\"maxProperties\":"
                        + most
                        + "}",
                () -> {
                    List<String> members = new ArrayList<>();
                    int count = least + random.nextInt(most - least + 1);
                    for (int i = 0; i < count; i++) {
                        members.add(member(JsonWriter.quoted(i + pick(CHARACTERS)), value));
                    }
                    return "{" + (members.isEmpty() ? space() : String.join(",", members)) + "}";
                });
    }

    private Sample either(int depth) {
        Sample one = any(depth - 1);
        Sample two = any(depth - 1);
        return new Sample(
                "{\"anyOf\":[" + one.schema() + "," + two.schema() + "]}",
                () -> (random.nextBoolean() ? one : two).value().get());
    }

    private Sample recursive(int depth) {
        String name = "n" + definitions.size();
        definitions.put(name, "null");
        Sample value = any(depth - 1);
        String reference = "{\"$ref\":\"#/$defs/" + name + "\"}";
        definitions.put(
                name,
                "{\"type\":\"object\",\"properties\":{\"v\":"
                        + value.schema()
                        + ",\"next\":"
                        + reference
                        + "},\"required\":[\"v\"],\"additionalProperties\":false}");
        return new Sample(
                reference,
                () -> {
                    String text = "{\"v\":" + value.value().get() + "}";
                    for (int i = random.nextInt(3); i > 0; i--) {
                        text = "{\"v\":" + value.value().get() + ",\"next\":" + text + "}";
                    }
                    return text;
                });
    }

    private String space() {
        return random.nextInt(4) == 0 ? " " : "";
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }
}
