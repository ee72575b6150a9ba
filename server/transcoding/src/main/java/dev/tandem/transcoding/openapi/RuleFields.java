package dev.tandem.transcoding.openapi;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one type by their names, which they share: {@code const}, {@code in}, {@code
 * min_len}…
 *
 * @param message of any of the rule types
 */
record RuleFields(Message message) {
    /** Empty where the rule is not given. */
    Optional<Object> value(String name) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        return field == null || !message.hasField(field)
                ? Optional.empty()
                : Optional.of(message.getField(field));
    }

    /** The length, or whatever else is counted. */
    Optional<Long> count(String name) {
        return value(name).map(value -> ((Number) value).longValue());
    }

    boolean isTrue(String name) {
        return value(name).filter(Boolean.TRUE::equals).isPresent();
    }

    List<?> list(String name) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        return field == null ? List.of() : (List<?>) message.getField(field);
    }
}
