package dev.tandem.transcoding.json;

/** A bool field. */
final class BoolField extends Field {
    private final BoolElement element;
    private final Accessors.BoolGet get;
    private final Accessors.BoolSet set;

    BoolField(FieldSpec spec, BoolElement element) {
        super(spec);
        this.element = element;
        get = spec.bind(Accessors.BoolGet.class, Accessors.Verb.GET);
        set = spec.bind(Accessors.BoolSet.class, Accessors.Verb.SET);
    }

    @Override
    boolean isDefault(Object message) {
        return !get.get(message);
    }

    @Override
    void writeValue(Object message, JsonBuffer out) {
        element.writeBool(get.get(message), out);
    }

    @Override
    void readValue(JsonInput in, Object builder) {
        set.set(builder, element.readBool(in));
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
