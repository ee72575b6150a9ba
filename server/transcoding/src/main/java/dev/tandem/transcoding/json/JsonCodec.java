package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

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
        Source source = Source.of(json, offset, length);
        try (JsonParser parser = source.parser()) {
            if (parser.nextToken() == null) {
                throw JsonException.malformed("the text is empty", 1, 1);
            }
            JsonInput in = new JsonInput(parser, source, profile);
            Message message = form.read(in);
            if (parser.nextToken() != null) {
                throw Syntax.trailing(parser);
            }
            if (!in.violations().isEmpty()) {
                throw JsonException.invalid(paths(in, message), in.count(), message);
            }
            return message;
        } catch (JacksonException failure) {
            throw Syntax.malformed(failure, source);
        }
    }

    /** Where names may be spelled in two ways, a path has that of the .proto file. */
    private List<Violation> paths(JsonInput in, Message message) {
        if (profile == Profile.CONTRACT) {
            return in.violations();
        }
        return in.violations().stream()
                .map(each ->
                        new Violation(
                                ViolationPath.parse(each.path())
                                        .declaredIn(message.getDescriptorForType())
                                        .toString(),
                                each.rule(),
                                each.message()))
                .toList();
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
