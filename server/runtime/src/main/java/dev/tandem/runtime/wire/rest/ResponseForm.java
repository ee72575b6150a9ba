package dev.tandem.runtime.wire.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.transcoding.json.FieldCodec;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import org.jspecify.annotations.Nullable;

/** What of a response is the JSON of an answer. */
public sealed interface ResponseForm {
    /** Appends responses, one after the other. */
    @FunctionalInterface
    interface Writer {
        /** Appends a response. */
        void write(Message response, JsonBuffer out);
    }

    /** Appends one response. */
    void write(Message response, JsonBuffer out);

    /** For the responses of one stream, on one thread at a time. */
    Writer stream();

    /**
     * The form of one kind of response.
     *
     * @param field the field that is the answer; null for all of the response
     */
    static ResponseForm of(Message response, @Nullable FieldDescriptor field, JsonCodecs codecs) {
        return field == null
                ? new Whole(codecs.of(response))
                : new Part(codecs.of(response, field));
    }

    /** All of it. */
    record Whole(JsonCodec codec) implements ResponseForm {
        @Override
        public void write(Message response, JsonBuffer out) {
            codec.write(response, out);
        }

        @Override
        public Writer stream() {
            return codec.stream()::write;
        }
    }

    /** One field. */
    record Part(FieldCodec codec) implements ResponseForm {
        @Override
        public void write(Message response, JsonBuffer out) {
            codec.write(response, out);
        }

        @Override
        public Writer stream() {
            return codec::write;
        }
    }
}
