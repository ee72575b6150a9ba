package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Map;
import java.util.Set;

/** The field that collects the keys which no other field has, as JSON text. */
final class ExtraKeys {
    private final FieldDescriptor field;
    private final Accessors.Has filled;
    private final Accessors.RefGet get;
    private final Accessors.RefSet putAll;
    private final Set<String> declared;

    /**
     * @param declared the keys that belong to fields, constants and discriminators, and which are
     *     not written from here
     */
    ExtraKeys(FieldDescriptor field, Accessors accessors, Set<String> declared) {
        this.field = field;
        this.declared = declared;
        filled = accessors.bind(Accessors.Has.class, field, Accessors.Verb.FILLED);
        get = accessors.bind(Accessors.RefGet.class, field, Accessors.Verb.MAP);
        putAll = accessors.bind(Accessors.RefSet.class, field, Accessors.Verb.PUT_ALL);
    }

    boolean isEmpty(Message message) {
        return !filled.has(message);
    }

    void write(Message message, JsonBuffer out) {
        if (isEmpty(message)) {
            return; // by far the most: a map's view and its iterator are not free
        }
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) get.get(message)).entrySet()) {
            String name = (String) entry.getKey();
            if (!declared.contains(name)) {
                out.name(name);
                out.json((String) entry.getValue(), field);
            }
        }
    }

    void put(Message.Builder builder, Map<String, String> entries) {
        putAll.set(builder, entries);
    }
}
