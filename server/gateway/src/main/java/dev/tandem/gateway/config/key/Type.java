package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Node;
import dev.tandem.runtime.auth.Secret;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * What a value is: how it is read, worded and drawn up in a JSON Schema.
 *
 * @param <T> its values; {@code equals} must tell whether two are the same setting
 */
public interface Type<T> {
    /** In a word or two, for the reference page. */
    String name();

    /** What is allowed, for people; follows "is not" in a problem. Markdown. */
    String allowed();

    /**
     * Reads a value that is set to something.
     *
     * @return empty where it is wrong, which the spot has been told then
     */
    Optional<T> read(Node node, Spot spot);

    /** The value as one would write it. */
    String written(T value);

    /** What an editor takes for it. */
    JsonObject schema();

    /** Must its value never be shown? */
    default boolean secret() {
        return false;
    }

    /** Is it a list or a map, which a variable may give as JSON? */
    default boolean structured() {
        return false;
    }

    /** What is set, as it may be shown: a text, list or map, with secrets as {@code ***}. */
    default Object shown(Node node) {
        return secret() ? Secret.MASK : node instanceof Node.Text text ? text.value() : "";
    }
}
