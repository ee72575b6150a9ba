package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.transcoding.json.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills a request from the parameters of its path and query. One for each request. */
final class Parameters {
    /** How much of a caller's text an error repeats. */
    private static final int ECHOED = 60;

    private final Message.Builder request;
    private final List<Violation> violations = new ArrayList<>();

    Parameters(Message.Builder request) {
        this.request = request;
    }

    /** Sets the field that a variable of the path fills. */
    void path(FieldPath path, String text) {
        set(path, path.toString(), List.of(text));
    }

    /**
     * Sets the fields that the query names.
     *
     * @param query decoded, in the order of the query
     * @param taken paths of fields that have their value from elsewhere
     */
    void query(Map<String, List<String>> query, List<FieldPath> taken) {
        query.forEach((name, values) -> {
            Optional<FieldPath> path = FieldPath.find(request.getDescriptorForType(), name);
            if (path.isEmpty()) {
                wrong(shortened(name), "unknown_field", "There is no such parameter.");
            } else if (taken.stream().anyMatch(other -> within(path.get(), other))) {
                wrong(name, "unknown_field", "Is no query parameter of this path.");
            } else {
                set(path.get(), name, values);
            }
        });
    }

    /** The request, filled. */
    Message build() throws ParameterException {
        if (!violations.isEmpty()) {
            throw new ParameterException(violations);
        }
        return request.build();
    }

    private static boolean within(FieldPath path, FieldPath outer) {
        int length = outer.steps().size();
        return path.steps().size() >= length
                && path.steps().subList(0, length).equals(outer.steps());
    }

    private void set(FieldPath path, String name, List<String> values) {
        FieldDescriptor field = path.last();
        if (!TextValue.possible(field)) {
            wrong(name, "type", "Cannot be given as a parameter; send it in a JSON body.");
        } else if (field.isRepeated()) {
            for (int i = 0; i < values.size(); i++) {
                add(path, name + "[" + i + "]", values.get(i));
            }
        } else if (values.size() > 1) {
            wrong(name, "duplicate_key", "Must be given once only.");
        } else {
            add(path, name, values.isEmpty() ? "" : values.getFirst());
        }
    }

    private void add(FieldPath path, String name, String text) {
        Message.Builder holder = request;
        for (FieldDescriptor step : path.steps().subList(0, path.steps().size() - 1)) {
            holder = holder.getFieldBuilder(step);
        }
        FieldDescriptor field = path.last();
        try {
            Object value = TextValue.read(field, text, holder);
            if (field.isRepeated()) {
                holder.addRepeatedField(field, value);
            } else {
                holder.setField(field, value);
            }
        } catch (BadValueException e) {
            wrong(name, e.rule(), e.getMessage());
        }
    }

    private void wrong(String path, String rule, String message) {
        violations.add(new Violation(path, rule, message));
    }

    private static String shortened(String name) {
        return name.length() <= ECHOED ? name : name.substring(0, ECHOED) + "…";
    }
}
