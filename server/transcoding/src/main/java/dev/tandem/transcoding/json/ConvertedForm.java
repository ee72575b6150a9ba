package dev.tandem.transcoding.json;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import tools.jackson.core.JsonToken;

/** The form of a well-known type for messages that are of another class than the generated one. */
final class ConvertedForm implements MessageForm {
    private final MessageForm form;
    private final Message generated;
    private final Message prototype;

    ConvertedForm(MessageForm form, Message generated, Message prototype) {
        this.form = form;
        this.generated = generated;
        this.prototype = prototype;
    }

    @Override
    public Message read(JsonInput in) {
        return convert(form.read(in), prototype);
    }

    @Override
    public void write(Message message, JsonBuffer out) {
        form.write(convert(message, generated), out);
    }

    @Override
    public boolean takes(JsonToken first) {
        return form.takes(first);
    }

    @Override
    public boolean takesArrayOf(JsonToken first) {
        return form.takesArrayOf(first);
    }

    @Override
    public boolean isNull() {
        return form.isNull();
    }

    private static Message convert(Message message, Message target) {
        try {
            return target.newBuilderForType().mergeFrom(message.toByteString()).build();
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(
                    "two versions of " + target.getDescriptorForType().getFullName(), impossible);
        }
    }

    @Override
    public Shape shape() {
        return form.shape();
    }
}
