package dev.tandem.testing;

import dev.tandem.runtime.call.ApiError.Violation;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What a test says of a failure; the same for every wire. */
public final class FailureAssert extends AbstractAssert<FailureAssert, Failure> {
    FailureAssert(Failure failure) {
        super(failure, FailureAssert.class);
    }

    /** Is this its machine-readable reason? */
    public FailureAssert hasReason(String reason) {
        if (!actual.reason().equals(reason)) {
            throw failure("expected the reason %s in %s", reason, actual);
        }
        return this;
    }

    /** Is this field at fault, as {@code param} tells? */
    public FailureAssert at(String param) {
        if (!Objects.equals(actual.param(), param)) {
            throw failure("expected the field %s at fault in %s", param, actual);
        }
        return this;
    }

    /** Does its sentence have this text in it? */
    public FailureAssert says(String text) {
        Assertions.assertThat(actual.message()).as("the message of %s", actual).contains(text);
        return this;
    }

    /** Is this rule broken by this field, maybe among others? */
    public FailureAssert violates(String field, String rule) {
        if (actual.violations().stream().noneMatch(each -> is(each, field, rule))) {
            throw failure("expected that %s breaks %s in %s", field, rule, actual.violations());
        }
        return this;
    }

    /** When the caller may come back. */
    public FailureAssert hasRetryAfter(Duration time) {
        Assertions.assertThat(actual.retryAfter()).as("retry after").isEqualTo(time);
        return this;
    }

    private static boolean is(Violation violation, String field, String rule) {
        return violation.field().equals(field) && violation.rule().equals(rule);
    }
}
