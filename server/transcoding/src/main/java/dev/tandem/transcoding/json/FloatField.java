package dev.tandem.transcoding.json;

/** A float field; negative zero is not the default. */
final class FloatField extends Field {
    private final FloatElement element;
    private final Accessors.FloatGet get;
    private final Accessors.FloatSet set;

    FloatField(FieldSpec spec, FloatElement element) {
        super(spec);
        this.element = element;
        get = spec.bind(Accessors.FloatGet.class, Accessors.Verb.GET);
        set = spec.bind(Accessors.FloatSet.class, Accessors.Verb.SET);
    }

    @Override
    boolean isDefault(Object message) {
        return Float.floatToRawIntBits(get.get(message)) == 0;
    }

    @Override
    void writeValue(Object message, JsonBuffer out) {
        element.writeFloat(get.get(message), out);
    }

    @Override
    void readValue(JsonInput in, Object builder) {
        set.set(builder, element.readFloat(in));
    }

    @Override
    boolean isEqual(Object one, Object other) {
        return Float.floatToRawIntBits(get.get(one)) == Float.floatToRawIntBits(get.get(other));
    }

    @Override
    Shape shape() {
        return element.shape();
    }
}
