package dev.tandem.client;

import java.io.Serializable;

/**
 * A rule of the contract that a request breaks, or a limit that refuses it.
 *
 * @param field the path of what breaks it ({@code messages[0].content}), or whose limit it is
 *     ({@code caller})
 * @param rule the rule's name ({@code double.gte_lte}), or which limit ({@code
 *     requests_per_minute})
 * @param message what is wrong, for people
 */
public record Violation(String field, String rule, String message) implements Serializable {}
