package dev.tandem.runtime.policy;

import dev.tandem.runtime.auth.Credentials.Form;
import dev.tandem.runtime.auth.ScopeGate;
import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Reasons;
import java.util.Set;

/** What {@code WWW-Authenticate} says (RFC 9110, section 11.6.1; RFC 6750, section 3). */
final class Challenge {
    private static final String HEADER = "www-authenticate";

    private final Set<Form> forms;

    Challenge(Set<Form> forms) {
        this.forms = forms;
    }

    /** Of an answer to who did not say, or did not prove, who it is. */
    void unauthenticated(Answer answer, ApiError error) {
        if (error.code() != Code.UNAUTHENTICATED) {
            return;
        }
        if (forms.contains(Form.BASIC)) {
            // first: a browser that reads no further asks its user
            answer.header(HEADER, "Basic " + ScopeGate.REALM + ", charset=\"UTF-8\"");
        }
        boolean shown = !error.reason().equals(Reasons.UNAUTHENTICATED.name());
        answer.header(
                HEADER, "Bearer " + ScopeGate.REALM + (shown ? ", error=\"invalid_token\"" : ""));
    }
}
