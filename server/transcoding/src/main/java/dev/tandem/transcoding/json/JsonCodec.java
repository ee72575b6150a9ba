package dev.tandem.transcoding.json;

import com.google.protobuf.Message;

/** Reads and writes one message type as JSON. Immutable; for all threads. */
public final class JsonCodec {
    private final MessageForm form;
    private final Profile profile;

    JsonCodec(MessageForm form, Profile profile) {
        this.form = form;
        this.profile = profile;
    }

    MessageForm form() {
        return form;
    }

    /** What the JSON looks like: for those who describe it. */
    public Shape shape() {
        return form.shape();
    }

    /**
     * Reads one JSON value with nothing but white space around it, in strict UTF-8. Objects and
     * arrays may be nested 100 deep.
     *
     * @return a message of the prototype's class
     * @throws JsonException when the bytes are not JSON, or do not fit the message type
     */
    public Message read(byte[] json, int offset, int length) throws JsonException {
        return Source.of(json, offset, length).read(profile, form::read);
    }

    /** As {@link #read(byte[], int, int)}, for the whole array. */
    public Message read(byte[] json) throws JsonException {
        return read(json, 0, json.length);
    }

    /**
     * Appends the message as one JSON value, without white space.
     *
     * @param message of the prototype's class
     * @throws IllegalArgumentException when a field holds text that ought to be JSON and is not, or
     *     a time out of range; what was appended is taken back
     */
    public void write(Message message, JsonBuffer out) {
        int before = out.length();
        try {
            form.write(message, out);
        } catch (IllegalArgumentException unwritable) {
            out.truncate(before);
            throw unwritable;
        }
        out.end();
    }

    /** For a stream of messages that begin alike. */
    public JsonStream stream() {
        return new JsonStream(this);
    }
}
