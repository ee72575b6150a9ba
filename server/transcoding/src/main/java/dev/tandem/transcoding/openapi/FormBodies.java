package dev.tandem.transcoding.openapi;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.tandem.transcoding.form.FormType;
import dev.tandem.transcoding.json.ObjectShape.Property;
import dev.tandem.transcoding.json.Shape;
import dev.tandem.transcoding.route.Body;
import dev.tandem.transcoding.route.FieldPath;
import dev.tandem.transcoding.route.Route;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The forms in which a route reads its body besides JSON. */
final class FormBodies {
    private final Parameters parameters;

    FormBodies(Parameters parameters) {
        this.parameters = parameters;
    }

    /**
     * The body of a request with forms beside its JSON.
     *
     * @param body with the content of JSON
     * @param request what the request looks like
     */
    Node added(Node body, Route route, Shape request) {
        if (!route.takesForms()
                || !(request instanceof Shape.Nested whole)
                || !(body.get("content") instanceof JsonObject json)) {
            return body;
        }
        Set<String> omitted =
                route.fields().stream().map(FieldPath::toString).collect(Collectors.toSet());
        Shape.Nested filled = whole;
        if (route.body() instanceof Body.Field(FieldDescriptor field)) {
            filled = part(whole, field);
            omitted = Set.of();
        }
        return body.put(
                "content",
                Node.from(json)
                        .put(FormType.URL_ENCODED, content(filled, omitted, false))
                        .put(FormType.MULTIPART, content(filled, omitted, true)));
    }

    private static Shape.Nested part(Shape.Nested whole, FieldDescriptor field) {
        for (Property property : whole.object().properties()) {
            if (property.field().equals(field) && property.shape() instanceof Shape.Nested part) {
                return part;
            }
        }
        throw new IllegalStateException(field.getFullName() + " has no fields for a form");
    }

    private Node content(Shape.Nested message, Set<String> omitted, boolean files) {
        Node properties = new Node();
        List<String> required = new ArrayList<>();
        for (Node parameter : parameters.ofForm(message, omitted, files)) {
            if (parameter.get("name") instanceof JsonString name
                    && parameter.get("schema") instanceof JsonObject schema) {
                properties.put(name.getString(), described(parameter, schema));
                if (parameter.has("required")) {
                    required.add(name.getString());
                }
            }
        }
        Node schema = Node.of("type", "object").put("properties", properties);
        if (!required.isEmpty()) {
            schema.putStrings("required", required);
        }
        return new Node().put("schema", schema);
    }

    private static Node described(Node parameter, JsonObject schema) {
        Node described = new Node();
        for (String key : List.of("description", "deprecated")) {
            if (parameter.get(key) != null && !schema.containsKey(key)) {
                described.put(key, requireNonNull(parameter.get(key)));
            }
        }
        return described.putAll(Node.from(schema));
    }
}
