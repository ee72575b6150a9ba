package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.redis.RedisSettings;
import dev.tandem.runtime.auth.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where servers count their limits together.
 *
 * @param settings empty where each counts in its own memory
 * @param away what to do while it does not answer
 */
public record RedisSection(Optional<RedisSettings> settings, Away away) {
    /** While Redis does not answer. */
    public enum Away {
        /** Calls are taken, with the limits of this server alone. */
        OPEN,
        /** Calls are refused. */
        CLOSED
    }

    private static final Key<Secret> URL =
            Key.of(
                            "url",
                            Types.secret(),
                            "`redis://user:password@host:6379/0`, or `rediss://` with TLS; user and"
                                    + " password may be left out. Servers with the same Redis count"
                                    + " their limits together.")
                    .otherwise("none: limits are counted in memory");

    private static final Key<Path> AUTHORITY =
            Key.of(
                            "ca",
                            Types.path("a PEM file"),
                            "The authorities that sign the certificate of Redis.")
                    .otherwise("the authorities that Java trusts")
                    .example("/etc/tandem/redis-ca.pem");

    private static final Key<Away> AWAY =
            Key.of(
                            "away",
                            Types.oneOf(Away.class),
                            "What to do while Redis does not answer: go on with the limits of this"
                                    + " server alone, or refuse with 503.")
                    .fallback(Away.OPEN);

    /** Its place in the file. */
    public static final Section<RedisSection> SECTION =
            Section.of(
                    "redis",
                    "Limits that several servers share. [More](quotas.md#several-servers).",
                    RedisSection::read,
                    URL,
                    AUTHORITY,
                    AWAY);

    private static RedisSection read(Values in) {
        Optional<Path> authority = in.find(AUTHORITY);
        authority
                .filter(file -> !Files.isReadable(file))
                .ifPresent(
                        file -> in.problem(AUTHORITY, file + " is not a file that can be read."));
        return new RedisSection(
                in.find(URL)
                        .flatMap(url -> settings(in, url))
                        .map(settings -> authority.map(settings::withAuthority).orElse(settings)),
                in.get(AWAY));
    }

    private static Optional<RedisSettings> settings(Values in, Secret url) {
        try {
            return Optional.of(RedisSettings.of(url.reveal().strip()));
        } catch (IllegalArgumentException e) {
            in.problem(URL, "it " + e.getMessage() + ".");
            return Optional.empty();
        }
    }
}
