package dev.tandem.transcoding.openapi;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.tandem.transcoding.json.ObjectShape;
import dev.tandem.transcoding.json.ObjectShape.Property;
import dev.tandem.transcoding.json.ObjectShape.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Schemas of messages as objects. */
final class ObjectForms {
    private final Properties properties;
    private final Comments comments;
    private final Direction direction;

    ObjectForms(Properties properties, Comments comments, Direction direction) {
        this.properties = properties;
        this.comments = comments;
        this.direction = direction;
    }

    /**
     * The object: of one form, or of a form for each member of its oneof.
     *
     * @param omitted names of fields that are given elsewhere
     */
    Node of(ObjectShape shape, Set<String> omitted) {
        List<OneofDescriptor> oneofs = shape.type().getRealOneofs();
        boolean exclusive =
                reads()
                        ? oneofs.size() == 1
                        : oneofs.size() == 1
                                && shape.tags().size() == 1
                                && Presence.required(oneofs.getFirst());
        return exclusive ? forms(shape, oneofs.getFirst(), omitted) : flat(shape, omitted);
    }

    private boolean reads() {
        return direction == Direction.READ;
    }

    private Node flat(ObjectShape shape, Set<String> omitted) {
        Draft draft = new Draft(shape);
        draft.constants();
        shape.tags().forEach(draft::tag);
        for (Property property : shape.properties()) {
            if (!omitted.contains(property.field().getName())) {
                draft.property(property);
            }
        }
        Node object = draft.finished();
        if (reads()) {
            List<Node> exclusions = exclusions(shape);
            if (!exclusions.isEmpty()) {
                object.putNodes("allOf", exclusions);
            }
        }
        return object;
    }

    private Node forms(ObjectShape shape, OneofDescriptor oneof, Set<String> omitted) {
        List<Node> forms = new ArrayList<>();
        Set<FieldDescriptor> members = new HashSet<>(oneof.getFields());
        for (Property member : shape.properties()) {
            if (members.contains(member.field())) {
                forms.add(form(shape, members, member, omitted));
            }
        }
        if (!Presence.required(oneof)) {
            forms.add(form(shape, members, null, omitted));
        }
        Node union = forms.size() == 1 ? untitled(forms) : new Node().putNodes("oneOf", forms);
        List<Node> exclusions = reads() ? ruleExclusions(shape) : List.of();
        return exclusions.isEmpty() ? union : union.putNodes("allOf", exclusions);
    }

    /** The only form has the schema's own name. */
    private static Node untitled(List<Node> forms) {
        Node only = forms.getFirst();
        only.remove("title");
        return only;
    }

    /** The form in which one member is there, or none. */
    private Node form(
            ObjectShape shape,
            Set<FieldDescriptor> members,
            @Nullable Property member,
            Set<String> omitted) {
        Draft draft = new Draft(shape);
        String name = member == null ? "None" : pascal(member.field().getName());
        draft.object.put("title", name); // the schema's own name will stand in front
        if (member != null) {
            String meaning = comments.of(member.field());
            draft.object.putText("description", meaning);
        }
        draft.constants();
        Optional<Tag> tag = shape.tags().stream().findFirst();
        if (member != null) {
            tag.ifPresent(each -> draft.named(each, member));
        }
        for (Property property : shape.properties()) {
            boolean here = property.equals(member);
            if (here) {
                draft.member(property);
            } else if (!members.contains(property.field())) {
                if (!omitted.contains(property.field().getName())) {
                    draft.property(property);
                }
            } else if (reads()) {
                draft.properties.put(property.name(), Node.of("type", "null"));
            }
        }
        return draft.finished();
    }

    private List<Node> exclusions(ObjectShape shape) {
        List<Node> all = new ArrayList<>();
        for (OneofDescriptor oneof : shape.type().getRealOneofs()) {
            all.add(
                    atMostOne(
                            names(
                                    shape,
                                    oneof.getFields().stream()
                                            .map(FieldDescriptor::getName)
                                            .toList()),
                            Presence.required(oneof)));
        }
        all.addAll(ruleExclusions(shape));
        return all;
    }

    private static List<Node> ruleExclusions(ObjectShape shape) {
        return Presence.exclusions(shape.type()).stream()
                .map(rule -> atMostOne(names(shape, rule.getFieldsList()), rule.getRequired()))
                .toList();
    }

    private static List<String> names(ObjectShape shape, List<String> fields) {
        return shape.properties().stream()
                .filter(property -> fields.contains(property.field().getName()))
                .map(Property::name)
                .toList();
    }

    private static Node atMostOne(List<String> names, boolean required) {
        List<Node> present = names.stream().map(ObjectForms::isPresent).toList();
        List<Node> cases = new ArrayList<>(present);
        if (!required) {
            cases.add(new Node().put("not", new Node().putNodes("anyOf", present)));
        }
        return new Node().putNodes("oneOf", cases);
    }

    private static Node isPresent(String name) {
        Node notNull = new Node().put("not", Node.of("type", "null"));
        return new Node()
                .putStrings("required", List.of(name))
                .put("properties", new Node().put(name, notNull));
    }

    static String pascal(String snake) {
        StringBuilder pascal = new StringBuilder(snake.length());
        for (String word : snake.split("_", -1)) {
            if (!word.isEmpty()) {
                pascal.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        return pascal.toString();
    }

    /** An object on the way. */
    private final class Draft {
        final Node object = new Node();
        final Node properties = new Node();
        private final ObjectShape shape;
        private final List<String> required = new ArrayList<>();

        Draft(ObjectShape shape) {
            this.shape = shape;
        }

        void constants() {
            shape.constants()
                    .forEach((key, value) -> {
                        Node constant = Node.of("type", "string").put("const", value);
                        put(key, reads() ? orNull(value) : constant, !reads());
                    });
        }

        /** The tag of a member that is there: it says its name, or is not there itself. */
        void named(Tag tag, Property member) {
            boolean must = !reads() || member.nameOnly();
            Node name = Node.of("type", "string").put("const", member.name());
            put(tag.name(), must ? name : orNull(member.name()), must);
        }

        void tag(Tag tag) {
            List<String> names = tag.members().stream().map(Property::name).toList();
            Node name = Node.of("type", "string").putStrings("enum", names);
            put(tag.name(), reads() ? Nulls.allowed(name) : name, false);
        }

        void member(Property property) {
            boolean tagged = property.nameOnly();
            if (tagged && !reads()) {
                return; // its tag says it all
            }
            put(
                    property.name(),
                    tagged
                            ? ObjectForms.this.properties.of(property)
                            : ObjectForms.this.properties.present(property),
                    !tagged);
        }

        void property(Property property) {
            put(
                    property.name(),
                    ObjectForms.this.properties.of(property),
                    ObjectForms.this.properties.required(property));
        }

        private Node orNull(String value) {
            return Nulls.allowed(Node.of("type", "string").putStrings("enum", List.of(value)));
        }

        private void put(String name, Node schema, boolean must) {
            properties.put(name, schema);
            if (must) {
                required.add(name);
            }
        }

        Node finished() {
            object.put("type", "object");
            if (!properties.isEmpty()) {
                object.put("properties", properties);
            }
            if (!required.isEmpty()) {
                object.putStrings("required", required);
            }
            if (reads()) {
                object.put("additionalProperties", shape.open());
            }
            return object;
        }
    }
}
