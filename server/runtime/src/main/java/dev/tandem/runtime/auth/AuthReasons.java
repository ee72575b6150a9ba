package dev.tandem.runtime.auth;

import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Reasons;
import java.util.List;

/** The failures of calls by those who may not call. */
public final class AuthReasons {
    /** What is shown is not known. */
    public static final Reason INVALID_CREDENTIALS =
            new Reason(
                    "invalid_credentials",
                    Code.UNAUTHENTICATED,
                    "the credential is not one that the server knows, or is not in force any more");

    /** It was in force. */
    public static final Reason EXPIRED_CREDENTIALS =
            new Reason(
                    "expired_credentials",
                    Code.UNAUTHENTICATED,
                    "the credential has expired; get a new one");

    /** What is shown cannot be read. */
    public static final Reason MALFORMED_CREDENTIALS =
            new Reason(
                    "malformed_credentials",
                    Code.UNAUTHENTICATED,
                    "`authorization`, `x-api-key` or `api-key` does not have the form of a credential");

    /** Two things are shown. */
    public static final Reason AMBIGUOUS_CREDENTIALS =
            new Reason(
                    "ambiguous_credentials",
                    Code.INVALID_REQUEST,
                    "the request has two different credentials; send one");

    /** The caller is known, but may not do this. */
    public static final Reason INSUFFICIENT_SCOPE =
            new Reason(
                    "insufficient_scope",
                    Code.PERMISSION_DENIED,
                    "the caller's credential lacks a scope; the message names it");

    /** Nobody can say whether a token is good. */
    public static final Reason ISSUER_UNAVAILABLE =
            new Reason(
                    "issuer_unavailable",
                    Code.UNAVAILABLE,
                    "the keys of the token's issuer cannot be fetched now; try again after"
                            + " `retry-after`");

    /** All of them; where nothing is shown it is {@link Reasons#UNAUTHENTICATED}. */
    public static final List<Reason> ALL =
            List.of(
                    INVALID_CREDENTIALS,
                    EXPIRED_CREDENTIALS,
                    MALFORMED_CREDENTIALS,
                    AMBIGUOUS_CREDENTIALS,
                    INSUFFICIENT_SCOPE,
                    ISSUER_UNAVAILABLE);

    private AuthReasons() {}
}
