package dev.tandem.transcoding.json;

import com.google.protobuf.Message;

/** A field that holds a message. */
final class MessageField extends Field {
    private final MessageForm form;
    private final boolean nameOnly;
    private final Accessors.RefGet get;
    private final Accessors.RefSet set;
    private final Message empty;

    /**
     * @param nameOnly the message has no fields and its discriminator says it all; the tag is all
     *     that is written
     */
    MessageField(FieldSpec spec, MessageForm form, Message empty, boolean nameOnly) {
        super(spec);
        this.form = form;
        this.empty = empty;
        this.nameOnly = nameOnly;
        get = spec.bind(Accessors.RefGet.class, Accessors.Verb.GET);
        set = spec.bind(Accessors.RefSet.class, Accessors.Verb.SET);
    }

    boolean isNameOnly() {
        return nameOnly;
    }

    void setEmpty(Message.Builder builder) {
        set.set(builder, empty);
    }

    @Override
    boolean isDefault(Object message) {
        return false;
    }

    @Override
    void writeValue(Object message, JsonBuffer out) {
        if (!nameOnly) {
            form.write((Message) get.get(message), out);
        }
    }

    @Override
    void readValue(JsonInput in, Object builder) {
        set.set(builder, form.read(in));
    }

    @Override
    boolean takesNull() {
        return form.isNull();
    }

    @Override
    Shape shape() {
        return form.shape();
    }
}
