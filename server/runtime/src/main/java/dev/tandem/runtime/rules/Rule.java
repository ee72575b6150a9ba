package dev.tandem.runtime.rules;

import java.util.function.Predicate;

/**
 * One rule of one value.
 *
 * @param id as protovalidate names it: {@code string.min_len}
 * @param sentence what is told to who breaks it
 * @param keeps does the value keep it? Enum values are their numbers
 */
record Rule(String id, String sentence, Predicate<Object> keeps) {

    static final String REQUIRED = "required";
}
