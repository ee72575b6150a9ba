package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Nearest;
import dev.tandem.gateway.config.source.Node;
import dev.tandem.gateway.config.source.Problem;
import dev.tandem.runtime.auth.Secret;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A record with keys, as the value of a key: an entry of a list or of a map.
 *
 * @param <T> the record
 * @param keys in the order of the documentation
 * @param reader makes the record; is asked when every key that must be set is, and rightly
 */
public record Shape<T>(List<Key<?>> keys, Function<Values, T> reader) implements Type<T> {
    /** Keeps a copy. */
    public Shape {
        keys = List.copyOf(keys);
    }

    /** A record with these keys. */
    public static <T> Shape<T> of(Function<Values, T> reader, Key<?>... keys) {
        return new Shape<>(List.of(keys), reader);
    }

    @Override
    public String name() {
        return "record";
    }

    @Override
    public String allowed() {
        return "a map with "
                + String.join(", ", keys.stream().map(key -> "`" + key.name() + "`").toList());
    }

    @Override
    public Optional<T> read(Node node, Spot spot) {
        if (!(node instanceof Node.Fields fields)) {
            spot.isNot(node, this);
            return Optional.empty();
        }
        return read(values(fields, spot), fields, spot);
    }

    private Optional<T> read(Values values, Node.Fields fields, Spot spot) {
        unknown(fields, spot);
        boolean whole = true;
        for (Key<?> key : keys) {
            if (key.required() && values.find(key).isEmpty()) {
                whole = false;
                if (!values.told(key)) {
                    spot.inner(key.name(), "")
                            .tell(
                                    fields.origin(),
                                    "is missing; set it to "
                                            + Spot.plain(key.type().allowed())
                                            + ".");
                }
            }
        }
        return whole ? Optional.of(reader.apply(values)) : Optional.empty();
    }

    /** Reads every key that is set. */
    private Values values(Node.Fields fields, Spot spot) {
        Values values = new Values(spot, Key::name);
        for (Key<?> key : keys) {
            node(fields, key, spot)
                    .filter(node -> !node.unset())
                    .ifPresent(node ->
                            put(
                                    values,
                                    key,
                                    node,
                                    spot.inner(
                                            key.name(),
                                            key.required()
                                                    ? ""
                                                    : key.advice(spot.reading().inputs()))));
        }
        return values;
    }

    static <K> void put(Values values, Key<K> key, Node node, Spot spot) {
        Optional<Node> tree = tree(node, key.type(), spot);
        Optional<K> value = tree.flatMap(read -> key.type().read(read, spot));
        values.put(key, new Values.Found(tree.orElse(node), value.orElse(null)));
    }

    /** What is to be a list or a map may be JSON in a text. */
    private static Optional<Node> tree(Node node, Type<?> type, Spot spot) {
        if (type.structured()
                && node instanceof Node.Text text
                && text.value().strip().matches("(?s)[\\[{].*")) {
            return spot.reading().json(text);
        }
        return Optional.of(node);
    }

    /** What a key is set to, by itself or by the file that it names. */
    static Optional<Node> node(Node.Fields fields, Key<?> key, Spot spot) {
        Optional<Node> direct = fields.find(key.name());
        if (!key.type().secret()) {
            return direct;
        }
        String name = Key.fileName(key.name());
        Optional<Node> file = fields.find(name).filter(node -> !node.unset());
        if (file.isEmpty()) {
            return direct;
        }
        Node path = file.get();
        Spot at = spot.inner(name, "");
        if (direct.filter(node -> !node.unset()).isPresent()) {
            at.tell(path.origin(), "%s is set too; keep one of them.".formatted(key.name()));
            return direct;
        }
        if (!(path instanceof Node.Text text)) {
            at.tell(path.origin(), "this is not the path of a file.");
            return Optional.empty();
        }
        return spot.reading().secret(text, at.path()).map(Node.class::cast);
    }

    private void unknown(Node.Fields fields, Spot spot) {
        List<String> known = names();
        for (Node.Field field : fields.fields()) {
            if (!known.contains(field.name())) {
                spot.reading().problems().add(unknown(field, spot, known));
            }
        }
    }

    static Problem unknown(Node.Field field, Spot spot, List<String> known) {
        String advice =
                Nearest.to(field.name(), known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("known are " + String.join(", ", known) + ".");
        return Problem.of(
                field.at(),
                spot.inner(Problem.quoted(field.name()).replace("'", ""), "").path(),
                "there is no such key; " + advice);
    }

    /** The names of all keys, those of secrets' files included. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Key<?> key : keys) {
            names.add(key.name());
            if (key.type().secret()) {
                names.add(Key.fileName(key.name()));
            }
        }
        return names;
    }

    @Override
    public String written(T value) {
        return String.valueOf(value); // a record has no default that could be written
    }

    @Override
    public boolean structured() {
        return true;
    }

    @Override
    public Object shown(Node node) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (node instanceof Node.Fields fields) {
            for (Key<?> key : keys) {
                fields.find(key.name())
                        .filter(inner -> !inner.unset())
                        .ifPresent(inner -> shown.put(key.name(), key.type().shown(inner)));
                if (key.type().secret() && fields.find(Key.fileName(key.name())).isPresent()) {
                    shown.put(key.name(), Secret.MASK);
                }
            }
        }
        return shown;
    }

    @Override
    public JsonObject schema() {
        JsonObjectBuilder properties = Json.createObjectBuilder();
        JsonArrayBuilder needed = Json.createArrayBuilder();
        for (Key<?> key : keys) {
            properties.add(key.name(), described(key));
            if (key.type().secret()) {
                properties.add(
                        Key.fileName(key.name()),
                        Json.createObjectBuilder()
                                .add("type", Json.createArrayBuilder().add("string").add("null"))
                                .add(
                                        "description",
                                        "A file with the value of %s.".formatted(key.name())));
            } else if (key.required()) {
                needed.add(key.name());
            }
        }
        return Json.createObjectBuilder()
                .add("type", Json.createArrayBuilder().add("object").add("null"))
                .add("additionalProperties", false)
                .add("properties", properties)
                .add("required", needed)
                .build();
    }

    private static JsonObject described(Key<?> key) {
        return Json.createObjectBuilder(key.type().schema())
                .add("description", Spot.plain(key.about()))
                .build();
    }
}
