package dev.tandem.testing;

import com.google.protobuf.Value;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What a test says of the answer to an HTTP request. */
public final class HttpReplyAssert extends AbstractAssert<HttpReplyAssert, HttpReply> {
    private static final JsonCodec VALUE =
            new JsonCodecs(Profile.CANONICAL).of(Value.getDefaultInstance());

    HttpReplyAssert(HttpReply reply) {
        super(reply, HttpReplyAssert.class);
    }

    /** Is this its status? */
    public HttpReplyAssert hasStatus(int status) {
        if (actual.status() != status) {
            throw failure("expected the status %s, not %s", status, actual);
        }
        return this;
    }

    /** Is the body this JSON, whatever the order of keys and the white space? */
    public HttpReplyAssert hasJson(String json) {
        Value expected = value(json);
        if (!value(actual.body()).equals(expected)) {
            throw failure("expected the JSON%n  %s%nnot%n  %s", json, actual.body());
        }
        return this;
    }

    /** Has the body this text in it? */
    public HttpReplyAssert hasBodyWith(String text) {
        Assertions.assertThat(actual.body()).as("the body").contains(text);
        return this;
    }

    /** Has the answer this header; the name in lower case? */
    public HttpReplyAssert hasHeader(String name, String value) {
        Assertions.assertThat(actual.header(name)).as("the header %s", name).contains(value);
        return this;
    }

    /** Does the body tell an error with this reason? */
    public FailureAssert hasError(String reason) {
        Failure failure = actual.failure();
        if (failure == null) {
            throw failure("expected the error %s, not %s", reason, actual);
        }
        return new FailureAssert(failure).hasReason(reason);
    }

    private Value value(String json) {
        try {
            return (Value) VALUE.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw failure("this is no JSON: %s", json);
        }
    }
}
