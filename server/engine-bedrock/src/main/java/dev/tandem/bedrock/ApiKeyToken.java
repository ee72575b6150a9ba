package dev.tandem.bedrock;

import dev.tandem.runtime.auth.Secret;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.token.credentials.SdkToken;

/** An API key of Bedrock's as the SDK takes it. */
record ApiKeyToken(Secret key) implements SdkToken {
    @Override
    public String token() {
        return key.reveal();
    }

    /** It is not known: whoever made the key knows. */
    @Override
    public Optional<Instant> expirationTime() {
        return Optional.empty();
    }
}
