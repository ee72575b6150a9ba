package dev.tandem.testing;

import dev.tandem.runtime.call.Code;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ObjectAssert;

/**
 * What a test says of a whole answer; the same for every wire.
 *
 * @param <R> the response message
 */
public final class ReplyAssert<R> extends AbstractAssert<ReplyAssert<R>, Reply<R>> {
    ReplyAssert(Reply<R> reply) {
        super(reply, ReplyAssert.class);
    }

    /** Did the call end well? */
    public ReplyAssert<R> isOk() {
        if (!actual.ok()) {
            throw failure("expected a good end of %s", actual);
        }
        return this;
    }

    /** Did it end well, with this message alone? */
    public ReplyAssert<R> hasMessage(R message) {
        return hasMessages(message);
    }

    /** Did it end well, with these messages in this order? */
    @SafeVarargs
    @SuppressWarnings("varargs") // AssertJ only reads them
    public final ReplyAssert<R> hasMessages(R... messages) {
        isOk();
        Assertions.assertThat(actual.messages()).containsExactly(messages);
        return this;
    }

    /** One message by its number from 0, however the call ended. */
    public ObjectAssert<R> message(int number) {
        if (actual.messages().size() <= number) {
            throw failure("there is no message %s in %s", number, actual);
        }
        return Assertions.assertThat(actual.messages().get(number));
    }

    /** All messages, however the call ended. */
    public ListAssert<R> messages() {
        return Assertions.assertThat(actual.messages());
    }

    /**
     * Did it fail before its first message, with the status of this code on this wire, and this
     * reason?
     */
    public FailureAssert failsWith(Code code, String reason) {
        if (!actual.messages().isEmpty()) {
            throw failure("expected a failure before the first message, not %s", actual);
        }
        FailureAssert failure = endsWithError(reason);
        int status = actual.wire().status(code);
        if (actual.status() != status) {
            throw failure("expected the status %s of %s, not %s", status, code, actual);
        }
        return failure;
    }

    /** Did it fail with this reason, before its first message or after some? */
    public FailureAssert endsWithError(String reason) {
        Failure failure = actual.failure();
        if (failure == null) {
            throw failure("expected the error %s, not %s", reason, actual);
        }
        return new FailureAssert(failure).hasReason(reason);
    }

    /** Was the request refused because this field breaks this rule, maybe among others? */
    public FailureAssert violates(String field, String rule) {
        return failsWith(Code.VALIDATION_FAILED, "validation_failed").violates(field, rule);
    }

    /** Has the answer this header, or trailer; the name in lower case? */
    public ReplyAssert<R> hasHeader(String name, String value) {
        Assertions.assertThat(actual.header(name)).as("the header %s", name).contains(value);
        return this;
    }
}
