package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.tandem.options.v1.JsonKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a message looks like as JSON: an object, or a bare value that stands for one.
 *
 * @param constants keys with a fixed string, written first; key to value
 * @param properties one for each field that has a key, in the order in which they are written
 * @param tags the keys that name the member of a oneof
 * @param shorthands which property a bare value of a kind fills; empty where only objects are read
 * @param open are unknown keys kept? Otherwise they are refused
 * @param nullInLists is null, in a list, such a message with nothing set?
 */
public record ObjectShape(
        Descriptor type,
        Map<String, String> constants,
        List<Property> properties,
        List<Tag> tags,
        Map<JsonKind, Property> shorthands,
        boolean open,
        boolean nullInLists) {

    /** What is written of a field that has no value. */
    public enum Absence {
        /** Its default value. */
        DEFAULT,
        /** Nothing. */
        NOTHING,
        /** The word null. */
        NULL
    }

    /**
     * A key for a field.
     *
     * @param nameOnly the message has no fields; its tag says it all, and it is written alone
     * @param nullIsValue is null a value of the field's, and not its absence?
     */
    public record Property(
            String name,
            FieldDescriptor field,
            Shape shape,
            Absence absence,
            boolean nameOnly,
            boolean nullIsValue) {}

    /**
     * A key that names the member of a oneof which is set.
     *
     * @param members all members of the oneof
     */
    public record Tag(String name, List<Property> members) {}

    static ObjectShape of(Descriptor type, Layout layout) {
        Map<String, String> constants = new LinkedHashMap<>();
        for (Key key : layout.keys) {
            if (key instanceof Constant constant) {
                constants.put(constant.name(), constant.value());
            }
        }
        List<Tag> tags = new ArrayList<>();
        layout.discriminators.forEach(each ->
                tags.add(
                        new Tag(
                                each.name(),
                                each.members().stream().map(ObjectShape::property).toList())));
        Map<JsonKind, Property> shorthands = new EnumMap<>(JsonKind.class);
        Shorthands bare = layout.shorthands;
        if (bare != null) {
            bare.fields().forEach((kind, field) -> shorthands.put(kind, property(field)));
        }
        return new ObjectShape(
                type,
                constants,
                Stream.of(layout.fields).map(ObjectShape::property).toList(),
                tags,
                shorthands,
                layout.extra != null,
                bare != null && bare.leaveNull());
    }

    private static Property property(Field field) {
        return new Property(
                field.name(),
                field.descriptor(),
                field.shape(),
                switch (field.absence()) {
                    case DEFAULT -> Absence.DEFAULT;
                    case NOTHING -> Absence.NOTHING;
                    case NULL -> Absence.NULL;
                },
                field instanceof MessageField message && message.isNameOnly(),
                field.takesNull());
    }
}
