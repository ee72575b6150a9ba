package dev.tandem.transcoding.openapi;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.tandem.options.v1.JsonKind;
import dev.tandem.transcoding.json.ObjectShape;
import dev.tandem.transcoding.json.ObjectShape.Property;
import dev.tandem.transcoding.json.Shape;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Schemas of message types: the object, and the bare values that stand for one. */
final class Messages {
    private final Properties properties;
    private final ObjectForms objects;
    private final Comments comments;
    private final DeclaredExamples examples;
    private final Direction direction;
    private final boolean canonical;

    Messages(
            Properties properties,
            Comments comments,
            DeclaredExamples examples,
            Direction direction,
            boolean canonical) {
        this.examples = examples;
        this.canonical = canonical;
        this.properties = properties;
        this.objects = new ObjectForms(properties, comments, direction);
        this.comments = comments;
        this.direction = direction;
    }

    /**
     * The schema, with the type's comment.
     *
     * @param omitted names of fields that are given elsewhere
     */
    Node of(ObjectShape shape, Set<String> omitted) {
        List<String> words = new ArrayList<>(List.of(comments.of(shape.type())));
        if (direction == Direction.READ) {
            words.addAll(Rules.words(Presence.rules(shape.type()).getCelList()));
        }
        if (shape.open() && direction == Direction.READ) {
            words.add("Keys that are not listed are kept and handed on.");
        }
        Node schema = shape.shorthands().isEmpty() ? objects.of(shape, omitted) : union(shape);
        Node described = new Node().putText("description", Comments.joined(words));
        if (shape.type().getOptions().getDeprecated()) {
            described.put("deprecated", true);
        }
        described.putAll(schema);
        Optional<JsonValue> example = examples.of(shape.type(), direction, canonical);
        example.ifPresent(value -> described.putValues("examples", List.of(value)));
        return described;
    }

    private Node union(ObjectShape shape) {
        List<Node> forms = new ArrayList<>();
        Set<String> types = new HashSet<>();
        boolean distinct = true;
        for (Map.Entry<JsonKind, Property> each : shape.shorthands().entrySet()) {
            List<String> words = new ArrayList<>(List.of(comments.of(each.getValue().field())));
            Node bare = bare(each.getValue(), each.getKey(), words);
            forms.add(new Node().putText("description", Comments.joined(words)).putAll(bare));
            distinct &= types.add(jsonType(each.getKey()));
        }
        if (direction == Direction.READ || mayBeWrittenAsObject(shape)) {
            forms.addAll(forms(objects.of(shape, Set.of())));
        }
        return forms.size() == 1
                ? forms.getFirst()
                : new Node().putNodes(distinct ? "oneOf" : "anyOf", forms);
    }

    /** The forms of an object, if it has several and nothing is said of all. */
    private static List<Node> forms(Node object) {
        List<Node> forms = new ArrayList<>();
        if (object.size() == 1 && object.get("oneOf") instanceof JsonArray several) {
            several.forEach(form -> forms.add(Node.from(form.asJsonObject())));
        } else {
            forms.add(object);
        }
        return forms;
    }

    /** What a bare value of the kind looks like, which fills the property. */
    private Node bare(Property property, JsonKind kind, List<String> words) {
        if (property.shape() instanceof Shape.Nested nested) {
            Property inner = nested.object().shorthands().get(kind);
            return inner == null ? Node.of("type", jsonType(kind)) : bare(inner, kind, words);
        }
        if (property.shape() instanceof Shape.WellKnown(Shape.WellKnown.Kind well)
                && well == Shape.WellKnown.Kind.VALUE) {
            return Node.of("type", jsonType(kind));
        }
        return ofKind(properties.bare(property, words), kind);
    }

    /** Without the forms that the kind tells from it: the strings for what is not finite. */
    private static Node ofKind(Node schema, JsonKind kind) {
        if (!(schema.get("anyOf") instanceof JsonArray forms) || schema.has("type")) {
            return schema;
        }
        List<Node> left =
                forms.stream()
                        .map(form -> Node.from(form.asJsonObject()))
                        .filter(form -> isOfKind(form, kind))
                        .toList();
        return left.size() == 1 ? left.getFirst() : new Node().putNodes("anyOf", left);
    }

    private static boolean isOfKind(Node form, JsonKind kind) {
        String type = form.get("type") instanceof JsonString text ? text.getString() : "string";
        return type.equals(jsonType(kind))
                || (type.equals("integer") && kind == JsonKind.JSON_KIND_NUMBER);
    }

    private static String jsonType(JsonKind kind) {
        return switch (kind) {
            case JSON_KIND_STRING -> "string";
            case JSON_KIND_NUMBER -> "number";
            case JSON_KIND_BOOL -> "boolean";
            default -> "array";
        };
    }

    /** Can more be set than a bare value can say, or less? */
    private static boolean mayBeWrittenAsObject(ObjectShape shape) {
        Set<FieldDescriptor> bare = new HashSet<>();
        shape.shorthands().values().forEach(property -> bare.add(property.field()));
        boolean others = bare.size() < shape.type().getFields().size();
        boolean together =
                bare.size() > 1
                        && bare.stream()
                                        .map(FieldDescriptor::getRealContainingOneof)
                                        .distinct()
                                        .count()
                                > 1;
        boolean inNoOneof =
                bare.size() > 1
                        && bare.stream().anyMatch(field -> field.getRealContainingOneof() == null);
        boolean maybeNothing =
                shape.nullInLists()
                        && shape.type().getRealOneofs().stream().noneMatch(Presence::required);
        return others || together || inNoOneof || maybeNothing;
    }
}
