package dev.tandem.transcoding.json;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.Value;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The forms of all message types that one set of codecs has met. For all threads. */
final class Forms {
    private static final Set<String> WRAPPERS =
            Set.of(
                    "google.protobuf.DoubleValue",
                    "google.protobuf.FloatValue",
                    "google.protobuf.Int64Value",
                    "google.protobuf.UInt64Value",
                    "google.protobuf.Int32Value",
                    "google.protobuf.UInt32Value",
                    "google.protobuf.BoolValue",
                    "google.protobuf.StringValue",
                    "google.protobuf.BytesValue");

    private final Map<Type, MessageForm> known = new ConcurrentHashMap<>();
    private final Profile profile;
    private final Function<Message, Accessors> accessors;
    private final TypeRegistry types;

    /**
     * @param accessors makes the accessors for a prototype's class
     * @param types what an {@code Any} may hold
     */
    Forms(Profile profile, Function<Message, Accessors> accessors, TypeRegistry types) {
        this.profile = profile;
        this.accessors = accessors;
        this.types = types;
    }

    Profile profile() {
        return profile;
    }

    TypeRegistry types() {
        return types;
    }

    Accessors accessors(Message prototype) {
        return accessors.apply(prototype);
    }

    MessageForm of(Message prototype) {
        Type type = new Type(prototype.getDescriptorForType(), prototype.getClass());
        MessageForm form = known.get(type);
        return form != null ? form : known.computeIfAbsent(type, absent -> make(prototype));
    }

    private MessageForm make(Message prototype) {
        String name = prototype.getDescriptorForType().getFullName();
        if (WRAPPERS.contains(name)) {
            return new WrapperForm(prototype, this);
        }
        return switch (name) {
            case "google.protobuf.Timestamp" ->
                    converted(new TimestampForm(), Timestamp.getDefaultInstance(), prototype);
            case "google.protobuf.Duration" ->
                    converted(new DurationForm(), Duration.getDefaultInstance(), prototype);
            case "google.protobuf.FieldMask" ->
                    converted(new FieldMaskForm(), FieldMask.getDefaultInstance(), prototype);
            case "google.protobuf.Struct" ->
                    converted(new StructForm(), Struct.getDefaultInstance(), prototype);
            case "google.protobuf.Value" ->
                    converted(new ValueForm(), Value.getDefaultInstance(), prototype);
            case "google.protobuf.ListValue" ->
                    converted(new ListForm(), ListValue.getDefaultInstance(), prototype);
            case "google.protobuf.Any" ->
                    converted(new AnyForm(this), Any.getDefaultInstance(), prototype);
            default -> new MessageTable(prototype, this);
        };
    }

    private static MessageForm converted(MessageForm form, Message generated, Message prototype) {
        return prototype.getClass() == generated.getClass()
                ? form
                : new ConvertedForm(form, generated, prototype);
    }

    /** A dynamic message has the descriptor of a generated one, and another class. */
    private record Type(Descriptor descriptor, Class<?> implementation) {}
}
