package dev.tandem.transcoding.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.GeneratedMessage;
import com.google.protobuf.Message;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By the generated methods, each bound once through {@link LambdaMetafactory}: a call costs no
 * reflection and no boxing. Where the method is not the one its name promises (reserved and
 * clashing names, closed enums, {@code DynamicMessage}, a class that is not visible from here) the
 * reflective accessor takes its place. Binding costs some 0.3 ms an accessor in a cold process.
 */
final class BoundAccessors implements Accessors {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** The methods that every message has: a field named serialized_size must not end there. */
    private static final Set<String> INHERITED =
            Stream.of(GeneratedMessage.class, GeneratedMessage.Builder.class)
                    .flatMap(type -> Stream.of(type.getMethods()))
                    .map(Method::getName)
                    .collect(Collectors.toUnmodifiableSet());

    private final Accessors fallback = new ReflectiveAccessors();
    private final Message prototype;
    private final Message.Builder builder;

    BoundAccessors(Message prototype) {
        this.prototype = prototype;
        this.builder = prototype.newBuilderForType();
    }

    @Override
    public <T> T bind(Class<T> shape, FieldDescriptor field, Verb verb) {
        if (verb == Verb.FILLED) {
            return shape.cast(filled(field));
        }
        Method single = shape.getMethods()[0];
        Method target = find(single, field, verb);
        T bound = target == null ? null : bind(shape, single, target);
        return bound == null ? fallback.bind(shape, field, verb) : bound;
    }

    private Has filled(FieldDescriptor field) {
        IntGet count = bind(IntGet.class, field, Verb.COUNT);
        Has presence =
                prototype instanceof GeneratedMessage && !isAmbiguous(field)
                        ? MapPresence.of(prototype.getClass(), camel(field.getName()), count)
                        : null;
        return presence == null ? message -> count.get(message) > 0 : presence;
    }

    private @Nullable Method find(Method single, FieldDescriptor field, Verb verb) {
        FieldDescriptor value =
                field.isMapField() ? field.getMessageType().findFieldByNumber(2) : field;
        boolean isEnum =
                verb != Verb.HAS
                        && verb != Verb.COUNT
                        && value.getJavaType() == FieldDescriptor.JavaType.ENUM;
        if (!(prototype instanceof GeneratedMessage)
                || isAmbiguous(field)
                || (isEnum && value.getEnumType().isClosed())) {
            return null;
        }
        String name = verb.prefix + camel(field.getName()) + (isEnum ? "Value" : "") + verb.suffix;
        return single.getParameterCount() == 2
                ? method(builder.getClass(), name, type(single.getParameterTypes()[1], field, verb))
                : getter(name, type(single.getReturnType(), field, verb));
    }

    private @Nullable Method getter(String name, Class<?> type) {
        Method method = method(prototype.getClass(), name);
        return method != null && type.isAssignableFrom(method.getReturnType()) ? method : null;
    }

    private static boolean isAmbiguous(FieldDescriptor field) {
        return field.getContainingType().getFields().stream()
                .anyMatch(other ->
                        other != field && camel(other.getName()).equals(camel(field.getName())));
    }

    private Class<?> type(Class<?> declared, FieldDescriptor field, Verb verb) {
        if (declared.isPrimitive()) {
            return declared;
        }
        return switch (verb) {
            case LIST -> List.class;
            case MAP, PUT_ALL -> Map.class;
            default ->
                    switch (field.getJavaType()) {
                        case STRING -> String.class;
                        case BYTE_STRING -> ByteString.class;
                        default ->
                                builder.newBuilderForField(field)
                                        .getDefaultInstanceForType()
                                        .getClass();
                    };
        };
    }

    private static @Nullable Method method(Class<?> owner, String name, Class<?>... parameters) {
        try {
            return INHERITED.contains(name) ? null : owner.getMethod(name, parameters);
        } catch (NoSuchMethodException reservedOrClashing) {
            return null;
        }
    }

    // invoke() declares Throwable; whatever keeps a method from being bound, there is another way
    @SuppressWarnings("IllegalCatch")
    private static <T> @Nullable T bind(Class<T> shape, Method single, Method target) {
        Class<?>[] parameters = target.getParameterTypes();
        MethodType called =
                MethodType.methodType(
                        single.getReturnType().isPrimitive()
                                ? single.getReturnType()
                                : target.getReturnType(),
                        target.getDeclaringClass());
        try {
            Object accessor =
                    LambdaMetafactory.metafactory(
                                    LOOKUP,
                                    single.getName(),
                                    MethodType.methodType(shape),
                                    MethodType.methodType(
                                            single.getReturnType(), single.getParameterTypes()),
                                    LOOKUP.unreflect(target),
                                    called.appendParameterTypes(parameters))
                            .getTarget()
                            .invoke();
            return shape.cast(accessor);
        } catch (Throwable notVisible) {
            return null;
        }
    }

    /**
     * As protoc's Java generator names things: a letter after anything but a letter is a capital.
     */
    static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        boolean capital = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'a' && c <= 'z') {
                camel.append(capital ? (char) (c - 'a' + 'A') : c);
                capital = false;
            } else if (c >= 'A' && c <= 'Z') {
                camel.append(c);
                capital = false;
            } else {
                if (c >= '0' && c <= '9') {
                    camel.append(c);
                }
                capital = true;
            }
        }
        return camel.toString();
    }
}
