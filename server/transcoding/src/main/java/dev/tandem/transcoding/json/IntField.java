package dev.tandem.transcoding.json;

/** A field of 32 bits. */
final class IntField extends Field {
    private final IntElement element;
    private final Accessors.IntGet get;
    private final Accessors.IntSet set;

    IntField(FieldSpec spec, IntElement element) {
        super(spec);
        this.element = element;
        get = spec.bind(Accessors.IntGet.class, Accessors.Verb.GET);
        set = spec.bind(Accessors.IntSet.class, Accessors.Verb.SET);
    }

    @Override
    boolean isDefault(Object message) {
        return get.get(message) == 0;
    }

    @Override
    void writeValue(Object message, JsonBuffer out) {
        element.writeInt(get.get(message), out);
    }

    @Override
    void readValue(JsonInput in, Object builder) {
        set.set(builder, element.readInt(in));
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
