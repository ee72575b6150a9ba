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
 * @param steps the fields on the way, at least one; all but the last are singular messages
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
     * @return empty where there is no such field, or a list or map stands on the way
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
            boolean goesOn =
                    field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated();
            at = goesOn ? field.getMessageType() : null;
        }
        return Optional.of(new FieldPath(steps));
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
