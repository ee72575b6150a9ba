package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.tandem.options.v1.FieldJson;
import dev.tandem.options.v1.JsonKind;
import dev.tandem.options.v1.MessageJson;
import dev.tandem.options.v1.Options;
import dev.tandem.transcoding.json.FieldSpec.Absence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.Named;

/** Makes the layout of one message type. Its options were checked before. */
final class LayoutCompiler {
    private final Message prototype;
    private final Descriptor type;
    private final Forms forms;
    private final boolean canonical;
    private final Accessors accessors;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final List<Field> fields = new ArrayList<>();
    private final MessageJson options;
    private int words;
    private int bit;

    LayoutCompiler(Message prototype, Forms forms) {
        this.prototype = prototype;
        this.forms = forms;
        type = prototype.getDescriptorForType();
        canonical = forms.profile() == Profile.CANONICAL;
        accessors = forms.accessors(prototype);
        options =
                canonical
                        ? MessageJson.getDefaultInstance()
                        : type.getOptions().getExtension(Options.message);
        int bits = type.getFields().size() + options.getConstantCount() + type.getOneofs().size();
        words = (bits + 63) / 64;
    }

    Layout compile() {
        JsonBuffer head = new JsonBuffer();
        head.open();
        options.getConstantList()
                .forEach(constant -> {
                    keys.put(
                            constant.getName(),
                            new Constant(constant.getName(), bit++, constant.getValue()));
                    head.name(constant.getName());
                    head.string(constant.getValue());
                });
        Map<OneofDescriptor, Integer> oneofs = new LinkedHashMap<>();
        type.getRealOneofs().forEach(oneof -> oneofs.put(oneof, words++));
        FieldDescriptor extra = null;
        for (FieldDescriptor field : type.getFields()) {
            if (json(field).getExtra()) {
                extra = field;
            } else {
                addField(field, oneofs);
            }
        }
        if (canonical) {
            fields.forEach(field -> keys.putIfAbsent(field.descriptor().getName(), field));
        }
        List<Discriminator> discriminators = new ArrayList<>();
        oneofs.forEach((oneof, word) -> addDiscriminator(oneof, word, discriminators));
        Set<String> declared = Set.copyOf(keys.keySet());
        Layout.Parts parts =
                new Layout.Parts(
                        head,
                        fields,
                        List.copyOf(keys.values()),
                        Source.JSON.constructNameMatcher(
                                keys.keySet().stream().map(Named::fromString).toList(), false),
                        words,
                        discriminators);
        return new Layout(
                parts,
                options.getShorthandCount() == 0 ? null : shorthands(),
                extra == null ? null : new ExtraKeys(extra, accessors, declared));
    }

    private void addField(FieldDescriptor field, Map<OneofDescriptor, Integer> oneofs) {
        OneofDescriptor oneof = field.getRealContainingOneof();
        FieldSpec spec =
                new FieldSpec(
                        field,
                        name(field),
                        bit++,
                        tag(field),
                        absence(field),
                        oneof == null ? -1 : oneofs.getOrDefault(oneof, -1),
                        oneof == null ? 0 : oneof.getFields().indexOf(field) + 1,
                        accessors);
        Field compiled = field(spec);
        fields.add(compiled);
        keys.put(spec.name(), compiled);
    }

    private void addDiscriminator(
            OneofDescriptor oneof, int word, List<Discriminator> discriminators) {
        String name = discriminator(oneof);
        if (!name.isEmpty()) {
            List<Field> members =
                    fields.stream()
                            .filter(field ->
                                    oneof.equals(field.descriptor().getRealContainingOneof()))
                            .toList();
            Discriminator discriminator = new Discriminator(name, bit++, members, word, words++);
            discriminators.add(discriminator);
            keys.put(name, discriminator);
        }
    }

    private Shorthands shorthands() {
        Map<JsonKind, Field> byKind = new EnumMap<>(JsonKind.class);
        options.getShorthandList()
                .forEach(shorthand ->
                        byKind.put(shorthand.getKind(), (Field) keys.get(shorthand.getField())));
        return new Shorthands(byKind);
    }

    private Field field(FieldSpec spec) {
        FieldDescriptor field = spec.descriptor();
        if (field.isMapField()) {
            Message entry =
                    prototype
                            .newBuilderForType()
                            .newBuilderForField(field)
                            .getDefaultInstanceForType();
            return new MapField(spec, element(field.getMessageType().findFieldByNumber(2), entry));
        }
        Element element = element(field, prototype);
        if (field.isRepeated()) {
            return new RepeatedField(spec, element, json(field).getSingle());
        }
        return switch (element) {
            case IntElement ints -> new IntField(spec, ints);
            case LongElement longs -> new LongField(spec, longs);
            case FloatElement floats -> new FloatField(spec, floats);
            case DoubleElement doubles -> new DoubleField(spec, doubles);
            case BoolElement bools -> new BoolField(spec, bools);
            case EnumElement enums -> new EnumField(spec, enums);
            case StringElement text -> new TextField(spec, text);
            case BytesElement bytes -> new TextField(spec, bytes);
            case JsonTextElement json -> new TextField(spec, json);
            case MessageElement message ->
                    new MessageField(spec, message.form(), message.prototype(), isNameOnly(field));
        };
    }

    private Element element(FieldDescriptor field, Message owner) {
        return switch (field.getJavaType()) {
            case INT -> new IntElement(field, forms.profile());
            case LONG -> new LongElement(field, forms.profile());
            case FLOAT -> new FloatElement(forms.profile());
            case DOUBLE -> new DoubleElement(forms.profile());
            case BOOLEAN -> new BoolElement();
            case STRING -> json(field).getJson() ? new JsonTextElement(field) : new StringElement();
            case BYTE_STRING -> new BytesElement();
            case ENUM -> new EnumElement(field.getEnumType(), forms.profile());
            case MESSAGE -> {
                Message inside =
                        owner.newBuilderForType()
                                .newBuilderForField(field)
                                .getDefaultInstanceForType();
                yield new MessageElement(forms.of(inside), inside);
            }
        };
    }

    private String name(FieldDescriptor field) {
        return canonical ? field.getJsonName() : field.getName();
    }

    private FieldJson json(FieldDescriptor field) {
        return canonical
                ? FieldJson.getDefaultInstance()
                : field.getOptions().getExtension(Options.field);
    }

    private String discriminator(@Nullable OneofDescriptor oneof) {
        return canonical || oneof == null
                ? ""
                : oneof.getOptions().getExtension(Options.oneof).getDiscriminator();
    }

    private Absence absence(FieldDescriptor field) {
        if (json(field).getNullWhenAbsent()) {
            return Absence.NULL;
        }
        if (field.hasPresence()) {
            return Absence.NOTHING;
        }
        return canonical || json(field).getOmitEmpty() ? Absence.NOTHING : Absence.DEFAULT;
    }

    private String tag(FieldDescriptor field) {
        String discriminator = discriminator(field.getRealContainingOneof());
        JsonBuffer tag = new JsonBuffer();
        if (!discriminator.isEmpty()) {
            tag.name(discriminator);
            tag.string(name(field));
        }
        if (!isNameOnly(field)) {
            tag.name(name(field));
        }
        return tag.toString();
    }

    /** A member without fields is said by the discriminator alone. */
    private boolean isNameOnly(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.isRepeated()
                && field.getMessageType().getFields().isEmpty()
                && !discriminator(field.getRealContainingOneof()).isEmpty();
    }
}
