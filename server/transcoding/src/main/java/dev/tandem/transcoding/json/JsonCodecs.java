package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** All codecs of one profile; a message type is compiled at its first use. For all threads. */
public final class JsonCodecs {
    private final Forms forms;
    private final Set<Descriptor> checked = ConcurrentHashMap.newKeySet();

    /** No type is known to {@code google.protobuf.Any}. */
    public JsonCodecs(Profile profile) {
        this(profile, TypeRegistry.getEmptyTypeRegistry());
    }

    /**
     * @param types the types that a {@code google.protobuf.Any} may hold
     */
    public JsonCodecs(Profile profile, TypeRegistry types) {
        this(profile, types, BoundAccessors::new);
    }

    JsonCodecs(Profile profile, TypeRegistry types, Function<Message, Accessors> accessors) {
        forms = new Forms(profile, accessors, types);
    }

    /**
     * The codec of a message type.
     *
     * @param prototype the default instance: of a generated class, or a {@code DynamicMessage}
     * @throws IllegalArgumentException when the options of the type, or of one that it contains,
     *     contradict each other
     */
    public JsonCodec of(Message prototype) {
        if (forms.profile() != Profile.CANONICAL) {
            OptionRules.check(prototype.getDescriptorForType(), checked);
        }
        return new JsonCodec(forms.of(prototype), forms.profile());
    }

    /**
     * The codec of one field, for documents that hold nothing else.
     *
     * @param prototype the default instance of the message that has the field
     * @throws IllegalArgumentException as {@link #of}, and where the field has no JSON of its own,
     *     because it collects extra keys
     */
    public FieldCodec of(Message prototype, FieldDescriptor descriptor) {
        JsonCodec owner = of(prototype);
        if (owner.form() instanceof MessageTable table) {
            Layout layout = table.layout();
            for (Field field : layout.fields) {
                if (field.descriptor().equals(descriptor)) {
                    boolean message =
                            descriptor.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                                    && !descriptor.isRepeated();
                    return new FieldCodec(
                            field,
                            layout.words,
                            forms.profile(),
                            message ? of((Message) prototype.getField(descriptor)) : null);
                }
            }
        }
        throw new IllegalArgumentException(
                descriptor.getFullName() + " cannot be a JSON document of its own");
    }
}
