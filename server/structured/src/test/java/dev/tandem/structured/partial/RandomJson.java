package dev.tandem.structured.partial;

import java.util.Random;

/** Random JSON texts with white space, escapes and characters outside the basic plane. */
final class RandomJson {
    private static final String[] PIECES = {
        "a",
        "bc",
        "\\\"",
        "\\\\",
        "\\n",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\uD83D\uDE00",
        "{",
        "]",
        ",",
        " "
    };
    private static final String[] WORDS = {"0", "-1.5e3", "true", "false", "null", "42"};

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    String space() {
        return random.nextInt(4) == 0 ? " \n" : "";
    }

    String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 4)) {
            case 0 -> WORDS[random.nextInt(WORDS.length)];
            case 1 -> string();
            case 2 -> {
                var list = new StringBuilder("[").append(space());
                int count = random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    list.append(i == 0 ? "" : ",")
                            .append(space())
                            .append(value(depth - 1))
                            .append(space());
                }
                yield list.append(']').toString();
            }
            default -> {
                var object = new StringBuilder("{").append(space());
                int count = random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    object.append(i == 0 ? "" : ",").append(space()).append("\"k").append(i);
                    object.append(string().substring(1))
                            .append(space())
                            .append(':')
                            .append(space());
                    object.append(value(depth - 1)).append(space());
                }
                yield object.append('}').toString();
            }
        };
    }

    private String string() {
        var string = new StringBuilder("\"");
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            string.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return string.append('"').toString();
    }
}
