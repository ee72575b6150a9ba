package dev.tandem.transcoding.json;

import java.util.Collection;
import java.util.stream.Collectors;
import tools.jackson.core.JsonToken;

/** Pieces of sentences for the caller. His own text is cut to 60 characters. */
final class Wording {
    private static final int LONGEST = 60;

    private Wording() {}

    static String quoted(String text) {
        if (text.length() <= LONGEST) {
            return '"' + text + '"';
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return '"' + text.substring(0, end) + "…\"";
    }

    static String list(Collection<String> names) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    }

    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            default -> "null";
        };
    }
}
