package dev.tandem.transcoding.openapi;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.ObjectShape.Property;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.json.Shape;
import dev.tandem.transcoding.route.Body;
import dev.tandem.transcoding.route.FieldPath;
import dev.tandem.transcoding.route.Route;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The bodies of requests and answers. */
final class Bodies {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final String LINES = "application/x-ndjson";

    private final Map<Profile, JsonCodecs> codecs = new EnumMap<>(Profile.class);
    private final Components components;
    private final Version version;

    Bodies(Components components, Version version) {
        this.components = components;
        this.version = version;
        for (Profile profile : Profile.values()) {
            codecs.put(profile, new JsonCodecs(profile));
        }
    }

    /** What a message looks like on a route. */
    Shape shape(Descriptor type, Profile profile) {
        return requireNonNull(codecs.get(profile))
                .of(DynamicMessage.getDefaultInstance(type))
                .shape();
    }

    /** The schema of the whole request in protobuf's JSON mapping. */
    Node message(Route route) {
        return components.of(shape(route.request(), Profile.CANONICAL), Direction.READ, true);
    }

    /** Empty where the route reads no body. */
    Optional<Node> request(Route route) {
        return switch (route.body()) {
            case Body.None() -> Optional.empty();
            case Body.Whole() -> {
                Set<String> omitted =
                        route.fields().stream()
                                .filter(path -> path.steps().size() == 1)
                                .map(FieldPath::toString)
                                .collect(Collectors.toSet());
                yield Optional.of(
                        request(
                                whole(route, omitted),
                                !Presence.mayBeEmpty(route.request(), omitted)));
            }
            case Body.Field(FieldDescriptor field) ->
                    Optional.of(
                            request(
                                    part(route, field, Direction.READ),
                                    Presence.mustBeRead(field)));
        };
    }

    private Node whole(Route route, Set<String> omitted) {
        Descriptor type = route.request();
        Shape shape = shape(type, route.profile());
        return shape instanceof Shape.Nested nested && !omitted.isEmpty()
                ? Node.from(
                        Titles.under(
                                type.getName() + "Body",
                                components
                                        .inline(nested, Direction.READ, isCanonical(route), omitted)
                                        .json(),
                                new HashSet<>()))
                : components.of(shape, Direction.READ, isCanonical(route));
    }

    /** A field that is a body by itself: a message, or a value of any other kind. */
    private Node part(Route route, FieldDescriptor field, Direction direction) {
        boolean canonical = isCanonical(route);
        if (shape(field.getContainingType(), route.profile()) instanceof Shape.Nested nested) {
            for (Property property : nested.object().properties()) {
                if (property.field().equals(field)) {
                    return property.shape() instanceof Shape.Nested
                            ? components.of(property.shape(), direction, canonical)
                            : components.properties(direction, canonical).present(property);
                }
            }
        }
        throw new IllegalStateException(field.getFullName() + " has no JSON");
    }

    private static Node request(Node schema, boolean needed) {
        return new Node()
                .put("required", needed)
                .put("content", new Node().put(JSON, new Node().put("schema", schema)));
    }

    /** The answer that is no error. */
    Node answer(Route route, Comments comments) {
        Node content = new Node();
        MethodDescriptor unary = route.unary();
        if (unary != null) {
            content.put(JSON, new Node().put("schema", schema(route, unary)));
        }
        MethodDescriptor streaming = route.streaming();
        if (streaming != null) {
            Node message = schema(route, streaming);
            if (version == Version.V3_2) {
                content.put(
                        EVENTS, new Node().put("itemSchema", Events.item(message, route.done())));
                content.put(
                        LINES,
                        new Node()
                                .put(
                                        "itemSchema",
                                        new Node()
                                                .putNodes(
                                                        "anyOf",
                                                        List.of(
                                                                message,
                                                                Node.ref(ErrorSchema.NAME)))));
            } else {
                content.put(EVENTS, new Node().put("schema", message));
                content.put(LINES, new Node().put("schema", message));
            }
        }
        String words = Comments.summary(comments.of(route.first().getOutputType()));
        return Node.of("description", words.isEmpty() ? "The answer." : words + ".")
                .put("headers", new Node().put(Headers.REQUEST_ID, Headers.ref(Headers.REQUEST_ID)))
                .put("content", content);
    }

    /** The schemas of a WebSocket's messages. */
    Node messages(Route route) {
        return new Node()
                .put(
                        "request",
                        components.of(
                                shape(route.request(), route.profile()),
                                Direction.READ,
                                isCanonical(route)))
                .put("response", schema(route, route.first()));
    }

    private Node schema(Route route, MethodDescriptor method) {
        FieldDescriptor field = route.responseBody();
        return field == null
                ? components.of(
                        shape(method.getOutputType(), route.profile()),
                        Direction.WRITTEN,
                        isCanonical(route))
                : part(route, field, Direction.WRITTEN);
    }

    private static boolean isCanonical(Route route) {
        return route.profile() == Profile.CANONICAL;
    }
}
