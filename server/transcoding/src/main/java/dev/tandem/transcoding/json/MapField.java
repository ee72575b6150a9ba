package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonToken;

/** A map. */
final class MapField extends Field {
    private final FieldDescriptor keyType;
    private final Element element;
    private final Accessors.Has filled;
    private final Accessors.RefGet get;
    private final Accessors.RefSet putAll;

    MapField(FieldSpec spec, Element element) {
        super(spec);
        this.element = element;
        keyType = spec.descriptor().getMessageType().findFieldByNumber(1);
        filled = spec.bind(Accessors.Has.class, Accessors.Verb.FILLED);
        get = spec.bind(Accessors.RefGet.class, Accessors.Verb.MAP);
        putAll = spec.bind(Accessors.RefSet.class, Accessors.Verb.PUT_ALL);
    }

    @Override
    boolean isDefault(Object message) {
        return !filled.has(message);
    }

    @Override
    void writeValue(Object message, JsonBuffer out) {
        out.open();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) get.get(message)).entrySet()) {
            out.name(MapKeys.write(keyType, entry.getKey()));
            element.writeAlone(entry.getValue(), out);
        }
        out.close();
    }

    @Override
    void readValue(JsonInput in, Object builder) {
        if (in.token() != JsonToken.START_OBJECT) {
            in.wrongKind("an object");
            return;
        }
        in.parser.assignCurrentValue(JsonPath.MAP);
        Map<Object, Object> entries = new LinkedHashMap<>();
        while (in.next() == JsonToken.PROPERTY_NAME) {
            String name = in.name();
            Object key = MapKeys.read(keyType, name);
            JsonToken token = in.next();
            if (key == null) {
                in.reject("type", "the key must be " + MapKeys.wanted(keyType));
            } else if (entries.containsKey(key)) {
                in.reject("duplicate_key", JsonInput.TWICE);
            } else if (token != JsonToken.VALUE_NULL || element.takesNull()) {
                entries.put(key, element.read(in));
            } else if (!in.lenient()) {
                in.reject("null", "a value must not be null");
            }
        }
        putAll.set(builder, entries);
    }

    @Override
    Shape shape() {
        return new Shape.MapOf(keyType, element.shape(), element.takesNull());
    }
}
