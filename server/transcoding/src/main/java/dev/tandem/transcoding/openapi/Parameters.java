package dev.tandem.transcoding.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.tandem.transcoding.json.ObjectShape;
import dev.tandem.transcoding.json.ObjectShape.Property;
import dev.tandem.transcoding.json.Shape;
import dev.tandem.transcoding.route.Body;
import dev.tandem.transcoding.route.FieldPath;
import dev.tandem.transcoding.route.Route;
import dev.tandem.transcoding.route.Uploads;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The parameters of paths and queries. */
final class Parameters {
    private static final int DEEPEST = 5;

    private final Properties properties;
    private final Comments comments;

    /**
     * @param properties of what is read in the contract's profile
     */
    Parameters(Properties properties, Comments comments) {
        this.properties = properties;
        this.comments = comments;
    }

    /**
     * All parameters of a route.
     *
     * @param request what the request looks like
     */
    List<Node> of(Route route, OpenPath path, Shape request) {
        List<Node> all = new ArrayList<>();
        path.parameters().forEach(parameter -> all.add(inPath(parameter, request)));
        if (!(route.body() instanceof Body.Whole) && request instanceof Shape.Nested nested) {
            Set<String> taken = new HashSet<>();
            route.fields().forEach(field -> taken.add(field.toString()));
            if (route.body() instanceof Body.Field(FieldDescriptor field)) {
                taken.add(field.getName());
            }
            new Query(taken, all, false).add(nested, "", true, Set.of());
        }
        return all;
    }

    /**
     * The fields of a form that fills a message, each as a parameter of the query would be.
     *
     * @param omitted names of fields that are given elsewhere
     * @param files are fields of bytes files, as in a multipart form?
     */
    List<Node> ofForm(Shape.Nested message, Set<String> omitted, boolean files) {
        List<Node> all = new ArrayList<>();
        new Query(omitted, all, files).add(message, "", true, Set.of());
        return all;
    }

    private Node inPath(OpenPath.Parameter parameter, Shape request) {
        Node node = Node.of("name", parameter.name()).put("in", "path").put("required", true);
        Optional<Property> property =
                parameter.field().flatMap(field -> find(request, field.steps()));
        List<String> words = new ArrayList<>();
        parameter.field().map(FieldPath::last).ifPresent(field -> words.add(comments.of(field)));
        Node schema = Node.of("type", "string").put("minLength", 1);
        if (parameter.whole() && property.isPresent()) {
            schema = notEmpty(text(property.get(), words));
        } else if (!parameter.pattern().isEmpty()) {
            words.add("A part of `" + parameter.pattern() + "`.");
        }
        if (parameter.slashes()) {
            words.add("May contain slashes, which are sent as they are.");
        }
        return node.putText("description", Comments.joined(words)).put("schema", schema);
    }

    /** No segment of a path is empty. */
    private static Node notEmpty(Node schema) {
        boolean text =
                schema.get("type") instanceof JsonString type && type.getString().equals("string");
        boolean bounded = schema.has("minLength") || schema.has("enum") || schema.has("format");
        return text && !bounded ? schema.put("minLength", 1) : schema;
    }

    private static Optional<Property> find(Shape shape, List<FieldDescriptor> steps) {
        if (!(shape instanceof Shape.Nested nested)) {
            return Optional.empty();
        }
        Optional<Property> found =
                nested.object().properties().stream()
                        .filter(property -> property.field().equals(steps.getFirst()))
                        .findFirst();
        return steps.size() == 1
                ? found
                : found.flatMap(property -> find(property.shape(), steps.subList(1, steps.size())));
    }

    /** A value as text; the schema of the JSON value is that of what the text says. */
    private Node text(Property property, List<String> words) {
        Property plain =
                property.shape() instanceof Shape.JsonText
                        ? with(property, new Shape.Text())
                        : property.shape() instanceof Shape.Many(Shape element, var _, var _)
                                ? with(property, new Shape.Many(element, false, false))
                                : property;
        return properties.bare(plain, words);
    }

    private static Property with(Property property, Shape shape) {
        return new Property(
                property.name(),
                property.field(),
                shape,
                property.absence(),
                property.nameOnly(),
                property.nullIsValue());
    }

    /** Walks through the request. */
    private final class Query {
        private final Set<String> taken;
        private final List<Node> into;
        private final boolean files;

        Query(Set<String> taken, List<Node> into, boolean files) {
            this.taken = taken;
            this.into = into;
            this.files = files;
        }

        void add(Shape.Nested message, String prefix, boolean needed, Set<Descriptor> outer) {
            ObjectShape object = message.object();
            Set<Descriptor> within = new HashSet<>(outer);
            within.add(object.type());
            for (Property property : object.properties()) {
                String name = prefix + property.field().getName();
                if (taken.contains(name)) {
                    continue;
                }
                if (files && Uploads.takes(property.field())) {
                    List<String> words = List.of(comments.of(property.field()));
                    into.add(parameter(name, property, needed, file(property.field()), words));
                } else if (property.shape() instanceof Shape.Nested inner) {
                    if (!within.contains(inner.type()) && within.size() < DEEPEST) {
                        add(inner, name + ".", needed && properties.required(property), within);
                    }
                } else if (possible(property.shape())) {
                    List<String> words = new ArrayList<>(List.of(comments.of(property.field())));
                    into.add(parameter(name, property, needed, text(property, words), words));
                }
            }
        }

        /** As OpenAPI 3.1 has it, and in the word that generators know. */
        private static Node file(FieldDescriptor field) {
            Node file =
                    Node.of("type", "string")
                            .put("format", "binary")
                            .put("contentMediaType", "application/octet-stream");
            return field.isRepeated() ? Node.of("type", "array").put("items", file) : file;
        }

        private Node parameter(
                String name, Property property, boolean needed, Node schema, List<String> words) {
            Node node = Node.of("name", name).put("in", "query");
            if (needed && properties.required(property)) {
                node.put("required", true);
            }
            node.putText("description", Comments.joined(words));
            if (property.field().getOptions().getDeprecated()) {
                node.put("deprecated", true);
            }
            return node.put("schema", schema);
        }

        private boolean possible(Shape shape) {
            return switch (shape) {
                case Shape.MapOf _, Shape.Nested _ -> false;
                case Shape.Many(Shape element, var _, var _) -> possible(element);
                case Shape.WellKnown(var kind) ->
                        switch (kind) {
                            case TIMESTAMP, DURATION, FIELD_MASK -> true;
                            default -> false;
                        };
                default -> true;
            };
        }
    }
}
