package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Node;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A single value, read from a text.
 *
 * @param <T> what it is
 * @param name in a word or two
 * @param allowed follows "is not" in a problem; Markdown
 * @param reader of the text and the value's place; empty where it is not allowed
 * @param writer the reverse
 * @param editor the schema of what is allowed, besides null and references to variables
 */
record Scalar<T>(
        String name,
        String allowed,
        BiFunction<String, Node, Optional<T>> reader,
        Function<T, String> writer,
        JsonObject editor)
        implements Type<T> {

    @Override
    public Optional<T> read(Node node, Spot spot) {
        Optional<T> value =
                node instanceof Node.Text text
                        ? reader.apply(text.value().strip(), node)
                        : Optional.empty();
        if (value.isEmpty()) {
            spot.isNot(node, this);
        }
        return value;
    }

    @Override
    public String written(T value) {
        return writer.apply(value);
    }

    @Override
    public JsonObject schema() {
        return Json.createObjectBuilder()
                .add(
                        "anyOf",
                        Json.createArrayBuilder()
                                .add(editor)
                                .add(
                                        Json.createObjectBuilder()
                                                .add("type", "string")
                                                .add("pattern", "\\$\\{"))
                                .add(Json.createObjectBuilder().add("type", "null")))
                .build();
    }
}
