package dev.tandem.transcoding.json;

/**
 * One thing that is wrong with a JSON value that was read.
 *
 * @param path where, in the names of the JSON: {@code messages[0].content[1].type}, {@code
 *     labels["a.b"]}; empty for the whole value
 * @param rule what was broken: {@code type}, {@code enum}, {@code unknown_field}, {@code range},
 *     {@code format}, {@code base64}, {@code unicode}, {@code duplicate_key}, {@code oneof}, {@code
 *     constant}, {@code null} or {@code required}
 * @param message a sentence for the caller; echoes at most 60 characters of the caller's text
 */
public record Violation(String path, String rule, String message) {}
