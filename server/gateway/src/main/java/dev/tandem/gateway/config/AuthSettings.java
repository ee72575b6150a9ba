package dev.tandem.gateway.config;

import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.Authenticator;
import dev.tandem.runtime.auth.JwtSettings;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.Tokens;
import dev.tandem.runtime.policy.CorsSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may call.
 *
 * @param anonymous whether anybody may who reaches the port
 * @param keys API keys that were given with the settings, as hashes
 * @param keysFile a file of more
 * @param jwt whose tokens are taken
 * @param cors pages of which other origins may call
 */
public record AuthSettings(
        boolean anonymous,
        List<KeyEntry> keys,
        Optional<Path> keysFile,
        Optional<JwtSettings> jwt,
        CorsSettings cors) {
    /** Nobody is asked. */
    public static final AuthSettings NONE =
            new AuthSettings(
                    false, List.of(), Optional.empty(), Optional.empty(), CorsSettings.NONE);

    public AuthSettings {
        keys = List.copyOf(keys);
    }

    /** Does it ask for credentials? */
    public boolean guarded() {
        return !keys.isEmpty() || keysFile.isPresent() || jwt.isPresent();
    }

    /** As the settings have it. */
    public static AuthSettings of(Settings settings) {
        AuthSection auth = settings.get(AuthSection.SECTION);
        return new AuthSettings(
                auth.anonymous(),
                auth.keys(),
                auth.keysFile(),
                settings.get(JwtSection.SECTION).settings(),
                settings.get(CorsSection.SECTION).settings());
    }

    /**
     * Those who check API keys; they begin to look after their file.
     *
     * @throws IllegalArgumentException where the file cannot be read
     */
    public ApiKeys apiKeys(InstantSource clock) {
        return keysFile.map(file -> ApiKeys.of(keys, file, clock))
                .orElseGet(() -> ApiKeys.of(keys, clock));
    }

    /**
     * All who check credentials.
     *
     * @param apiKeys knows {@link #apiKeys those of the settings}
     * @throws IllegalArgumentException where a file cannot be read
     */
    public List<Authenticator> authenticators(ApiKeys apiKeys, InstantSource clock) {
        List<Authenticator> all = new ArrayList<>();
        boolean whole = false;
        try {
            if (guarded()) {
                all.add(apiKeys);
            }
            jwt.ifPresent(settings -> all.add(new Tokens(settings, clock)));
            whole = true;
            return all;
        } finally {
            if (!whole) {
                all.forEach(Authenticator::close);
            }
        }
    }
}
