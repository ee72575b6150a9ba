package dev.tandem.transcoding.openapi;

import dev.tandem.transcoding.json.ObjectShape.Absence;
import dev.tandem.transcoding.json.ObjectShape.Property;
import dev.tandem.transcoding.json.Shape;
import jakarta.json.JsonNumber;
import java.util.ArrayList;
import java.util.List;

/** Schemas of the properties of objects, with their comments. */
final class Properties {
    private final Values values;
    private final Comments comments;
    private final Direction direction;

    Properties(Values values, Comments comments, Direction direction) {
        this.values = values;
        this.comments = comments;
        this.direction = direction;
    }

    /** As it may stand in the object. */
    Node of(Property property) {
        return described(property, isNullable(property));
    }

    /** As it looks where it is there and not null. */
    Node present(Property property) {
        return described(property, false);
    }

    boolean required(Property property) {
        return direction == Direction.READ
                ? Presence.mustBeRead(property.field())
                : Presence.isWritten(property);
    }

    private boolean isNullable(Property property) {
        return direction == Direction.READ
                ? !required(property)
                : property.absence() == Absence.NULL && !property.nullIsValue();
    }

    private Node described(Property property, boolean nullable) {
        List<String> words = new ArrayList<>(List.of(comments.of(property.field())));
        Node schema = bare(property, words);
        if (nullable) {
            schema = Nulls.allowed(schema);
        }
        Node described = new Node().putText("description", Comments.joined(words));
        if (property.field().getOptions().getDeprecated()) {
            described.put("deprecated", true);
        }
        return described.putAll(schema);
    }

    /** The value alone, within its rules, without its comment. */
    Node bare(Property property, List<String> words) {
        Rules rules = Rules.of(property.field());
        boolean notZero =
                direction == Direction.READ && rules.required() && !property.field().hasPresence();
        boolean choice = property.shape() instanceof Shape.Choice;
        Node schema =
                values.of(property.shape(), notZero && choice ? rules.withoutZero() : rules, words);
        return notZero ? withoutZero(property.shape(), schema) : schema;
    }

    private static Node withoutZero(Shape shape, Node schema) {
        return switch (shape) {
            case Shape.Text() -> atLeastOne(schema, "minLength");
            case Shape.Bytes() -> atLeastOne(schema, "minLength");
            case Shape.Many(var _, boolean single, var _) when !single ->
                    atLeastOne(schema, "minItems");
            case Shape.MapOf _ -> atLeastOne(schema, "minProperties");
            case Shape.Flag() -> schema.put("const", true);
            case Shape.Whole _, Shape.Real _ ->
                    schema.has("not")
                            ? schema
                            : schema.put("not", new Node().putValues("enum", zeros()));
            default -> schema;
        };
    }

    private static List<JsonNumber> zeros() {
        return List.of(Node.JSON.createValue(0));
    }

    private static Node atLeastOne(Node schema, String bound) {
        return schema.has(bound) ? schema : schema.put(bound, 1);
    }
}
