package dev.tandem.runtime.auth;

import dev.tandem.runtime.call.ApiError;
import java.util.Set;

/** Knows one kind of credential. Asked by many calls at once, before their bodies are read. */
public interface Authenticator extends AutoCloseable {
    /** What became of a credential. */
    sealed interface Finding {
        /** It is good. */
        record Known(Caller caller) implements Finding {}

        /** It is not of the kind that is known here: another authenticator may know it. */
        record Foreign() implements Finding {}

        /** It is of this kind and not good, or nobody can say now. */
        record Refused(ApiError error) implements Finding {}
    }

    /** Whose credential is this? May wait a few seconds, not longer. */
    Finding examine(Credentials shown);

    /** In which forms it is shown: for the answer to those who show none, and for documentation. */
    Set<Credentials.Form> forms();

    /** Stops what goes on behind it. The server closes those it was given. */
    @Override
    default void close() {}
}
