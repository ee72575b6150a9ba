package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.tandem.transcoding.form.Part;
import dev.tandem.transcoding.json.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
            ParameterName parsed = ParameterName.of(name);
            Optional<FieldPath> path =
                    FieldPath.find(request.getDescriptorForType(), parsed.field())
                            .filter(found -> parsed.key() == null || found.last().isMapField());
            if (path.isEmpty()) {
                wrong(shortened(name), "unknown_field", "There is no such parameter.");
            } else if (taken.stream().anyMatch(other -> within(path.get(), other))) {
                wrong(
                        name,
                        "unknown_field",
                        "Is no query parameter of this path: it is in the path or the body.");
            } else if (path.get().last().isMapField()) {
                putEntry(path.get(), parsed, values);
            } else {
                set(path.get(), name, values);
            }
        });
    }

    /** Sets the fields that a form names; what the path gives is set after it. */
    void form(Map<String, List<String>> fields) {
        query(fields, List.of());
    }

    /** Sets fields that the parts of a form name, files too. */
    void parts(List<Part> parts) {
        Map<String, List<Part>> byName = new LinkedHashMap<>();
        parts.forEach(
                part -> byName.computeIfAbsent(part.name(), _ -> new ArrayList<>(1)).add(part));
        Map<String, List<String>> texts = new LinkedHashMap<>();
        List<FieldPath> filled = new ArrayList<>();
        byName.forEach((name, given) -> {
            ParameterName parsed = ParameterName.of(name);
            Optional<FieldPath> path =
                    FieldPath.find(request.getDescriptorForType(), parsed.field());
            if (path.isEmpty()) {
                if (!PartTexts.isOfBrowser(name, given)) {
                    texts.put(name, List.of()); // told as unknown below
                }
            } else if (parsed.key() == null && Uploads.takes(path.get().last())) {
                files(path.get(), name, given);
                filled.add(path.get());
            } else {
                PartTexts.of(name, given, violations::add)
                        .ifPresent(values -> texts.put(name, values));
            }
        });
        texts.keySet().removeIf(name -> isPartOf(filled, name));
        form(texts);
    }

    /** Is it a field of what a file has filled? Notes that it is given twice then. */
    private boolean isPartOf(List<FieldPath> filled, String name) {
        boolean twice =
                FieldPath.find(request.getDescriptorForType(), ParameterName.of(name).field())
                        .filter(path -> filled.stream().anyMatch(file -> within(path, file)))
                        .isPresent();
        if (twice) {
            wrong(name, "duplicate_key", "Must be given once only: a file says it already.");
        }
        return twice;
    }

    private void files(FieldPath path, String name, List<Part> parts) {
        FieldDescriptor field = path.last();
        Message.Builder holder = holder(path, name);
        if (holder == null) {
            return;
        }
        if (!field.isRepeated() && (parts.size() > 1 || holder.hasField(field))) {
            wrong(name, "duplicate_key", "Must be given once only.");
            return;
        }
        for (Part part : parts) {
            Object value = Uploads.value(field, part, holder);
            if (field.isRepeated()) {
                holder.addRepeatedField(field, value);
            } else {
                holder.setField(field, value);
            }
        }
    }

    /** Refuses every parameter, because all fields are in the path and the body. */
    void noQuery(Map<String, List<String>> query) {
        query.keySet()
                .forEach(name ->
                        wrong(
                                shortened(name),
                                "unknown_field",
                                "This path takes no query parameters; send the field in the JSON body."));
    }

    /** The request, filled. */
    Message build() throws ParameterException {
        if (!violations.isEmpty()) {
            throw new ParameterException(violations, request.buildPartial());
        }
        return request.build();
    }

    private static String why(FieldDescriptor field) {
        return FieldPath.hasParts(field)
                ? "Give its fields, each as a parameter of its own: " + field.getName() + ".field."
                : "Cannot be given as a parameter; send it in a JSON body.";
    }

    private static boolean within(FieldPath path, FieldPath outer) {
        int length = outer.steps().size();
        return path.steps().size() >= length
                && path.steps().subList(0, length).equals(outer.steps());
    }

    private void set(FieldPath path, String name, List<String> values) {
        FieldDescriptor field = path.last();
        if (!FieldPath.canBeParameter(field)) {
            wrong(name, "type", why(field));
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

    private void putEntry(FieldPath path, ParameterName name, List<String> values) {
        String key = name.key();
        if (!FieldPath.canBeParameter(path.last())) {
            wrong(name.text(), "type", "Cannot be given as a parameter; send it in a JSON body.");
        } else if (key == null) {
            wrong(name.text(), "type", "Give each entry as " + name.text() + "[key]=value.");
        } else if (values.size() > 1) {
            wrong(name.text(), "duplicate_key", "Must be given once only.");
        } else {
            Message.Builder holder = holder(path, name.text());
            if (holder == null) {
                return;
            }
            FieldDescriptor map = path.last();
            Message.Builder entry = holder.newBuilderForField(map);
            try {
                setIn(entry, map.getMessageType().findFieldByNumber(1), key);
                setIn(entry, map.getMessageType().findFieldByNumber(2), values.getFirst());
                holder.addRepeatedField(map, entry.build());
            } catch (BadValueException e) {
                wrong(name.text(), e.rule(), e.getMessage());
            }
        }
    }

    private static void setIn(Message.Builder entry, FieldDescriptor field, String text)
            throws BadValueException {
        entry.setField(field, TextValue.read(field, text, entry));
    }

    /** The message that has the path's last field; null where a oneof on the way is taken. */
    private Message.@Nullable Builder holder(FieldPath path, String name) {
        Message.Builder holder = request;
        for (FieldDescriptor step : path.steps()) {
            OneofDescriptor oneof = step.getRealContainingOneof();
            FieldDescriptor other = oneof == null ? null : holder.getOneofFieldDescriptor(oneof);
            if (oneof != null && other != null && !other.equals(step)) {
                wrong(
                        name,
                        "oneof",
                        "Only one of the members of "
                                + oneof.getName()
                                + " may be given; "
                                + other.getName()
                                + " is given too.");
                return null;
            }
            if (step != path.last()) {
                holder = holder.getFieldBuilder(step);
            }
        }
        return holder;
    }

    private void add(FieldPath path, String name, String text) {
        Message.Builder holder = holder(path, name);
        if (holder == null) {
            return;
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

    static String shortened(String name) {
        return name.length() <= ECHOED ? name : name.substring(0, ECHOED) + "…";
    }
}
