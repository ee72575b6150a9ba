package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** By {@code getField} and {@code setField}: for every message, {@code DynamicMessage} included. */
final class ReflectiveAccessors implements Accessors {
    @Override
    public <T> T bind(Class<T> shape, FieldDescriptor field, Verb verb) {
        Object accessor =
                switch (verb) {
                    case HAS -> (Has) message -> ((Message) message).hasField(field);
                    case GET, LIST -> getter(shape, field);
                    case COUNT ->
                            (IntGet) message -> ((Message) message).getRepeatedFieldCount(field);
                    case FILLED ->
                            (Has) message -> ((Message) message).getRepeatedFieldCount(field) > 0;
                    case MAP -> (RefGet) message -> map((Message) message, field);
                    case SET, ADD -> setter(shape, field, verb);
                    case PUT_ALL ->
                            (RefSet)
                                    (builder, value) ->
                                            putAll(
                                                    (Message.Builder) builder,
                                                    field,
                                                    (Map<?, ?>) value);
                };
        return shape.cast(accessor);
    }

    private static Object getter(Class<?> shape, FieldDescriptor field) {
        return switch (shape.getSimpleName()) {
            case "IntGet" -> (IntGet) message -> (Integer) get(message, field);
            case "LongGet" -> (LongGet) message -> (Long) get(message, field);
            case "FloatGet" -> (FloatGet) message -> (Float) get(message, field);
            case "DoubleGet" -> (DoubleGet) message -> (Double) get(message, field);
            case "BoolGet" -> (BoolGet) message -> (Boolean) get(message, field);
            default -> (RefGet) message -> get(message, field);
        };
    }

    private static Object setter(Class<?> shape, FieldDescriptor field, Verb verb) {
        RefSet any =
                verb == Verb.ADD
                        ? (builder, value) ->
                                ((Message.Builder) builder)
                                        .addRepeatedField(field, fromOurs(field, value))
                        : (builder, value) ->
                                ((Message.Builder) builder).setField(field, fromOurs(field, value));
        return switch (shape.getSimpleName()) {
            case "IntSet" -> (IntSet) any::set;
            case "LongSet" -> (LongSet) any::set;
            case "FloatSet" -> (FloatSet) any::set;
            case "DoubleSet" -> (DoubleSet) any::set;
            case "BoolSet" -> (BoolSet) any::set;
            default -> any;
        };
    }

    private static Object get(Object message, FieldDescriptor field) {
        return toOurs(((Message) message).getField(field));
    }

    private static Map<Object, Object> map(Message message, FieldDescriptor field) {
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object entry : (List<?>) message.getField(field)) {
            map.put(get(entry, key), get(entry, value));
        }
        return map;
    }

    private static void putAll(Message.Builder builder, FieldDescriptor field, Map<?, ?> entries) {
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        entries.forEach((k, v) ->
                builder.addRepeatedField(
                        field,
                        builder.newBuilderForField(field)
                                .setField(key, k)
                                .setField(value, fromOurs(value, v))
                                .build()));
    }

    private static Object toOurs(Object value) {
        return switch (value) {
            case EnumValueDescriptor constant -> constant.getNumber();
            case List<?> list
                    when !list.isEmpty() && list.getFirst() instanceof EnumValueDescriptor ->
                    list.stream().map(ReflectiveAccessors::toOurs).toList();
            default -> value;
        };
    }

    private static Object fromOurs(FieldDescriptor field, Object value) {
        if (field.getJavaType() != FieldDescriptor.JavaType.ENUM) {
            return value;
        }
        return field.getEnumType().isClosed()
                ? field.getEnumType().findValueByNumber((Integer) value)
                : field.getEnumType().findValueByNumberCreatingIfUnknown((Integer) value);
    }
}
