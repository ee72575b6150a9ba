package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import tools.jackson.core.JsonToken;

/** The wrappers of scalars: the bare value. */
final class WrapperForm implements MessageForm {
    private final Message prototype;
    private final Field value;

    WrapperForm(Message prototype, Forms forms) {
        this.prototype = prototype;
        this.value = new LayoutCompiler(prototype, forms).compile().fields[0];
    }

    @Override
    public Message read(JsonInput in) {
        Message.Builder builder = prototype.newBuilderForType();
        value.readValue(in, builder);
        return builder.build();
    }

    @Override
    public void write(Message message, JsonBuffer out) {
        value.writeValue(message, out);
    }

    @Override
    public boolean takes(JsonToken first) {
        return first.isScalarValue() && first != JsonToken.VALUE_NULL;
    }

    @Override
    public Shape shape() {
        return new Shape.Wrapped(prototype.getDescriptorForType(), value.shape());
    }
}
