package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Node;
import dev.tandem.gateway.config.source.Problem;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A map from names that the user chooses. In the order in which it is written.
 *
 * @param <T> its values
 * @param names what the names are, for people
 * @param pattern what they must match
 */
record MapOf<T>(String names, String pattern, Type<T> entry) implements Type<Map<String, T>> {

    @Override
    public String name() {
        return "map";
    }

    @Override
    public String allowed() {
        return "a map from " + names + " to " + entry.allowed();
    }

    @Override
    public Optional<Map<String, T>> read(Node node, Spot spot) {
        if (!(node instanceof Node.Fields fields)) {
            spot.isNot(node, this);
            return Optional.empty();
        }
        int before = spot.problems();
        Map<String, T> values = new LinkedHashMap<>();
        for (Node.Field field : fields.fields()) {
            if (!field.name().matches(pattern)) {
                spot.tell(field.at(), Problem.quoted(field.name()) + " is not " + names + ".");
            } else if (!field.value().unset()) {
                entry.read(field.value(), spot.inner(field.name(), ""))
                        .ifPresent(value -> values.put(field.name(), value));
            }
        }
        return spot.problems() > before
                ? Optional.empty()
                : Optional.of(Collections.unmodifiableMap(values));
    }

    @Override
    public String written(Map<String, T> value) {
        return value.isEmpty()
                ? "{}"
                : value.entrySet().stream()
                        .map(each -> each.getKey() + ": " + entry.written(each.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    @Override
    public boolean structured() {
        return true;
    }

    @Override
    public Object shown(Node node) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (node instanceof Node.Fields fields) {
            fields.fields().stream()
                    .filter(field -> !field.value().unset())
                    .forEach(field -> shown.put(field.name(), entry.shown(field.value())));
        }
        return shown;
    }

    @Override
    public JsonObject schema() {
        JsonArrayBuilder kinds =
                Json.createArrayBuilder()
                        .add(
                                Json.createObjectBuilder()
                                        .add("type", "object")
                                        .add("additionalProperties", entry.schema()))
                        .add(Json.createObjectBuilder().add("type", "null"))
                        .add(
                                Json.createObjectBuilder()
                                        .add("type", "string")
                                        .add("pattern", "^\\s*[{]|\\$\\{"));
        return Json.createObjectBuilder().add("anyOf", kinds).build();
    }
}
