package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.KeyStore;
import dev.tandem.runtime.auth.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call by an API key, or without any credential. No problem that it tells repeats a key.
 *
 * @param anonymous whether anybody may who reaches the port
 * @param keys API keys that were given with the settings, as hashes
 * @param keysFile a file of more
 */
public record AuthSection(boolean anonymous, List<KeyEntry> keys, Optional<Path> keysFile) {
    /** What a key allows that comes with the settings. */
    private static final Set<String> USUAL_SCOPES = Set.of("inference", "models.read");

    private static final String HASHED = "sha256:";

    static final Key<Boolean> ALLOW_ANONYMOUS =
            Key.of(
                            "allow_anonymous",
                            Types.onOff(),
                            "Serve anybody who reaches the port without a credential. Needed where"
                                    + " `server.host` is not the loopback and neither keys nor tokens"
                                    + " are set.")
                    .variable("TANDEM_ALLOW_ANONYMOUS")
                    .fallback(false);

    static final Key<Secret> API_KEYS =
            Key.of(
                            "api_keys",
                            Types.secret(),
                            "API keys with the scopes `inference` and `models.read`: `NAME:KEY`,"
                                    + " separated by commas or lines; for `KEY` also `sha256:` and 64"
                                    + " hexadecimal digits. Whether there are any at all is settled at"
                                    + " the start.")
                    .variable("TANDEM_API_KEYS")
                    .whileRunning();

    static final Key<Path> KEYS_FILE =
            Key.of(
                            "keys_file",
                            Types.path("a file that `tandem keys` makes"),
                            "API keys by their hashes, with scopes, models, limits and expiry. Read"
                                    + " again when it changes.")
                    .variable("TANDEM_KEYS_FILE")
                    .example("/etc/tandem/keys.json");

    /** Its place in the file. */
    public static final Section<AuthSection> SECTION =
            Section.of(
                    "auth",
                    "Who may call. [More](security.md). Without keys and tokens nobody is asked, and the"
                            + " server listens on the loopback only.",
                    AuthSection::read,
                    ALLOW_ANONYMOUS,
                    API_KEYS,
                    KEYS_FILE);

    /** Keeps a copy. */
    public AuthSection {
        keys = List.copyOf(keys);
    }

    /** Is there any key? */
    public boolean hasKeys() {
        return !keys.isEmpty() || keysFile.isPresent();
    }

    private static AuthSection read(Values in) {
        return new AuthSection(in.get(ALLOW_ANONYMOUS), keys(in), keysFile(in));
    }

    private static List<KeyEntry> keys(Values in) {
        List<KeyEntry> keys = new ArrayList<>();
        Set<Object> taken = new HashSet<>(); // names and hashes
        int number = 0;
        for (String entry :
                in.find(API_KEYS).map(Secret::reveal).orElse("").split("[,\\r\\n]", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            number++;
            int colon = entry.indexOf(':');
            String name = colon < 0 ? "" : entry.substring(0, colon).strip();
            Optional<KeyHash> hash = hash(entry.substring(colon + 1).strip());
            if (!KeyEntry.isName(name)
                    || hash.isEmpty()
                    || !taken.add(name)
                    || !taken.add(hash.get())) {
                in.problem(
                        API_KEYS,
                        "entry "
                                + number
                                + " is not NAME:KEY with a name and a key of its own, as `tandem keys"
                                + " create` makes it, or sha256: and 64 hexadecimal digits.");
            } else {
                keys.add(key(name, hash.get()));
            }
        }
        return keys;
    }

    private static KeyEntry key(String name, KeyHash hash) {
        return new KeyEntry(name, hash, USUAL_SCOPES, Map.of(), Instant.EPOCH, null, null);
    }

    private static Optional<KeyHash> hash(String text) {
        if (text.startsWith(HASHED)) {
            String hex = text.substring(HASHED.length());
            return hex.matches("[0-9A-Fa-f]{64}")
                    ? Optional.of(new KeyHash(hex))
                    : Optional.empty();
        }
        Secret key = Secret.of(text);
        return ApiKey.wellFormed(key) ? Optional.of(KeyHash.of(key)) : Optional.empty();
    }

    private static Optional<Path> keysFile(Values in) {
        Optional<Path> file = in.find(KEYS_FILE);
        file.ifPresent(path -> {
            try {
                if (Files.exists(path)) {
                    var _ = new KeyStore(path).read();
                } else {
                    in.problem(
                            KEYS_FILE,
                            path + " does not exist; `tandem keys create NAME` makes it.");
                }
            } catch (IOException e) {
                in.problem(KEYS_FILE, path + " cannot be read.");
            } catch (IllegalArgumentException e) {
                in.problem(KEYS_FILE, path + ": " + e.getMessage());
            }
        });
        return file;
    }
}
