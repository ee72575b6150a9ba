package dev.tandem.transcoding.json;

/** A field of 64 bits. */
final class LongField extends Field {
    private final LongElement element;
    private final Accessors.LongGet get;
    private final Accessors.LongSet set;

    LongField(FieldSpec spec, LongElement element) {
        super(spec);
        this.element = element;
        get = spec.bind(Accessors.LongGet.class, Accessors.Verb.GET);
        set = spec.bind(Accessors.LongSet.class, Accessors.Verb.SET);
    }

    @Override
    boolean isDefault(Object message) {
        return get.get(message) == 0;
    }

    @Override
    void writeValue(Object message, JsonBuffer out) {
        element.writeLong(get.get(message), out);
    }

    @Override
    void readValue(JsonInput in, Object builder) {
        set.set(builder, element.readLong(in));
    }

    @Override
    boolean isEqual(Object one, Object other) {
        return get.get(one) == get.get(other);
    }

    @Override
    Shape shape() {
        return element.shape();
    }
}
