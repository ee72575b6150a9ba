package dev.tandem.transcoding.json;

/** A field with an enum's value. */
final class EnumField extends Field {
    private final EnumElement element;
    private final Accessors.IntGet get;
    private final Accessors.IntSet set;

    EnumField(FieldSpec spec, EnumElement element) {
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
        element.writeNumber(get.get(message), out);
    }

    @Override
    void readValue(JsonInput in, Object builder) {
        set.set(builder, element.readNumber(in));
    }

    @Override
    boolean isEqual(Object one, Object other) {
        return get.get(one) == get.get(other);
    }

    @Override
    boolean takesNull() {
        return element.takesNull();
    }

    @Override
    Shape shape() {
        return element.shape();
    }
}
