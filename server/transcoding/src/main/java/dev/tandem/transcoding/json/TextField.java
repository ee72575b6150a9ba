package dev.tandem.transcoding.json;

import com.google.protobuf.ByteString;

/** A field of text, of bytes, or of JSON text. */
final class TextField extends Field {
    private final Element element;
    private final Accessors.RefGet get;
    private final Accessors.RefSet set;

    TextField(FieldSpec spec, Element element) {
        super(spec);
        this.element = element;
        get = spec.bind(Accessors.RefGet.class, Accessors.Verb.GET);
        set = spec.bind(Accessors.RefSet.class, Accessors.Verb.SET);
    }

    @Override
    boolean isDefault(Object message) {
        Object value = get.get(message);
        return value instanceof String text ? text.isEmpty() : ((ByteString) value).isEmpty();
    }

    @Override
    void writeValue(Object message, JsonBuffer out) {
        element.write(get.get(message), out);
    }

    @Override
    void readValue(JsonInput in, Object builder) {
        set.set(builder, element.read(in));
    }

    @Override
    boolean isEqual(Object one, Object other) {
        return get.get(one).equals(get.get(other));
    }

    @Override
    Shape shape() {
        return element.shape();
    }
}
