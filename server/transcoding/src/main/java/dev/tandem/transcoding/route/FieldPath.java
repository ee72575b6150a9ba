package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way to a field from the request: {@code parent.name}.
 *
 * @param steps the fields on the way, at least one; all but the last have parts
 */
public record FieldPath(List<FieldDescriptor> steps) {

    public FieldPath {
        steps = List.copyOf(steps);
    }

    /** The field itself. */
    public FieldDescriptor last() {
        return steps.getLast();
    }

    /**
     * Finds a field by the names in the .proto file or those of protobuf's JSON mapping.
     *
     * @return empty where there is no such field, or one stands on the way that has no parts
     */
    public static Optional<FieldPath> find(Descriptor message, String path) {
        List<FieldDescriptor> steps = new ArrayList<>();
        @Nullable Descriptor at = message;
        for (String name : path.split("\\.", -1)) {
            @Nullable FieldDescriptor field = at == null ? null : field(at, name);
            if (field == null) {
                return Optional.empty();
            }
            steps.add(field);
            at = hasParts(field) ? field.getMessageType() : null;
        }
        return Optional.of(new FieldPath(steps));
    }

    /**
     * Has the field fields of its own that parameters can name, as {@code page.size}? A singular
     * message has, but for the well-known ones whose JSON is no object of their fields.
     */
    public static boolean hasParts(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.isRepeated()
                && !WellKnownText.hasOwnForm(field.getMessageType());
    }

    /**
     * Can the field be a parameter itself? Scalars, enums, wrappers, Timestamp, Duration and
     * FieldMask can, lists of them, and maps with such values ({@code labels[key]=value}).
     */
    public static boolean canBeParameter(FieldDescriptor field) {
        return field.isMapField() ? TextValue.possibleEntry(field) : TextValue.possible(field);
    }

    private static @Nullable FieldDescriptor field(Descriptor message, String name) {
        FieldDescriptor byName = message.findFieldByName(name);
        if (byName != null) {
            return byName;
        }
        return message.getFields().stream()
                .filter(field -> field.getJsonName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** By the names in the .proto file. */
    @Override
    public String toString() {
        return steps.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
    }
}
