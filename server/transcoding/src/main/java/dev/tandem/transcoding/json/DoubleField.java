package dev.tandem.transcoding.json;

/** A double field; negative zero is not the default. */
final class DoubleField extends Field {
    private final DoubleElement element;
    private final Accessors.DoubleGet get;
    private final Accessors.DoubleSet set;

    DoubleField(FieldSpec spec, DoubleElement element) {
        super(spec);
        this.element = element;
        get = spec.bind(Accessors.DoubleGet.class, Accessors.Verb.GET);
        set = spec.bind(Accessors.DoubleSet.class, Accessors.Verb.SET);
    }

    @Override
    boolean isDefault(Object message) {
        return Double.doubleToRawLongBits(get.get(message)) == 0;
    }

    @Override
    void writeValue(Object message, JsonBuffer out) {
        element.writeDouble(get.get(message), out);
    }

    @Override
    void readValue(JsonInput in, Object builder) {
        set.set(builder, element.readDouble(in));
    }

    @Override
    boolean isEqual(Object one, Object other) {
        return Double.doubleToRawLongBits(get.get(one))
                == Double.doubleToRawLongBits(get.get(other));
    }

    @Override
    Shape shape() {
        return element.shape();
    }
}
