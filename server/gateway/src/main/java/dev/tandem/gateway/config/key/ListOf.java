package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Node;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list. Single values may also stand in one text, separated by commas.
 *
 * @param <T> its entries
 */
record ListOf<T>(Type<T> entry) implements Type<List<T>> {

    @Override
    public String name() {
        return "list";
    }

    @Override
    public String allowed() {
        return entry.structured()
                ? "a list; each is " + entry.allowed()
                : "a list, or separated by commas; each is " + entry.allowed();
    }

    @Override
    public Optional<List<T>> read(Node node, Spot spot) {
        List<Node> nodes =
                switch (node) {
                    case Node.Items items -> items.items();
                    case Node.Text text when !entry.structured() -> split(text);
                    default -> {
                        spot.isNot(node, this);
                        yield List.of();
                    }
                };
        int before = spot.problems();
        List<T> values = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (!nodes.get(i).unset()) {
                Spot at = node instanceof Node.Text ? spot : spot.inner("[" + i + "]", "");
                entry.read(nodes.get(i), at).ifPresent(values::add);
            }
        }
        return spot.problems() > before ? Optional.empty() : Optional.of(List.copyOf(values));
    }

    private static List<Node> split(Node.Text text) {
        List<Node> parts = new ArrayList<>();
        boolean followed = !text.value().equals(text.written());
        for (String part : text.value().split(",", -1)) {
            String written =
                    followed ? text.written() : part.strip(); // no variable's value is told
            parts.add(new Node.Text(part.strip(), written, text.origin()));
        }
        return parts;
    }

    @Override
    public String written(List<T> value) {
        return String.join(", ", value.stream().map(entry::written).toList());
    }

    @Override
    public boolean structured() {
        return true;
    }

    @Override
    public Object shown(Node node) {
        return switch (node) {
            case Node.Items items -> items.items().stream().map(entry::shown).toList();
            case Node.Text text -> split(text).stream().map(entry::shown).toList();
            default -> List.of();
        };
    }

    @Override
    public JsonObject schema() {
        JsonArrayBuilder kinds =
                Json.createArrayBuilder()
                        .add(
                                Json.createObjectBuilder()
                                        .add("type", "array")
                                        .add("items", entry.schema()))
                        .add(Json.createObjectBuilder().add("type", "null"))
                        .add(Json.createObjectBuilder().add("type", "string"));
        return Json.createObjectBuilder().add("anyOf", kinds).build();
    }
}
