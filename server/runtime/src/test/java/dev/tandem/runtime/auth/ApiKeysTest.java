package dev.tandem.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.auth.Authenticator.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    @TempDir private Path folder;

    @Test
    void newKeysAreWellFormedAndNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Secret key = ApiKey.create(new SecureRandom());
            assertThat(key.reveal()).matches("tdm_[0-9A-Za-z]{49}");
            assertThat(ApiKey.wellFormed(key)).isTrue();
            assertThat(seen.add(key.reveal())).isTrue();
        }
    }

    @Test
    void aTypoIsSeenInTheChecksum() {
        String key = TestSecrets.key().reveal();
        for (int i = ApiKey.PREFIX.length(); i < key.length(); i++) {
            char other = key.charAt(i) == 'a' ? 'b' : 'a';
            String typo = key.substring(0, i) + other + key.substring(i + 1);
            assertThat(ApiKey.wellFormed(Secret.of(typo))).isFalse();
        }
        assertThat(ApiKey.wellFormed(Secret.of(key.substring(1)))).isFalse();
        assertThat(ApiKey.wellFormed(Secret.of(key + "a"))).isFalse();
    }

    @Test
    void knowsItsKeysInEveryForm() {
        Secret key = TestSecrets.key();
        ApiKeys keys = keys(TestSecrets.entry("ci", key, Map.of("limits", List.of("s")), "a"));
        for (Credentials.Form form : Credentials.Form.values()) {
            Finding found = keys.examine(new Credentials(form, key));
            assertThat(found).isInstanceOf(Finding.Known.class);
            Caller caller = ((Finding.Known) found).caller();
            assertThat(caller.name()).isEqualTo("ci");
            assertThat(caller.scopes()).containsExactly("a");
            assertThat(caller.limits()).contains("s");
            assertThat(caller.shown()).isEqualTo(Caller.Shown.KEY);
        }
    }

    @Test
    void aRevokedKeySoundsLikeAnUnknownOne() {
        Secret revoked = TestSecrets.key();
        ApiKeys keys = keys(TestSecrets.entry("old", revoked).revokedAt(NOW));
        assertThat(keys.examine(bearer(revoked)))
                .isEqualTo(keys.examine(bearer(TestSecrets.key())));
        assertThat(reason(keys, revoked)).isEqualTo("invalid_credentials");
    }

    @Test
    void anExpiredKeyIsToldSo() {
        Secret key = TestSecrets.key();
        assertThat(reason(keys(TestSecrets.expiring("x", key, NOW)), key))
                .isEqualTo("expired_credentials");
        assertThat(reason(keys(TestSecrets.expiring("x", key, NOW.plusNanos(1))), key))
                .isEqualTo("known");
    }

    @Test
    void whatIsNoKeyIsForeignUnlessItIsKnown() {
        Secret other = Secret.of("sk-something-else");
        assertThat(reason(keys(), other)).isEqualTo("foreign");
        assertThat(reason(keys(TestSecrets.entry("brought", other)), other)).isEqualTo("known");
    }

    @Test
    void othersTakeThePlaceOfThoseThatWereGiven() {
        Secret old = TestSecrets.key();
        Secret next = TestSecrets.key();
        ApiKeys keys = keys(TestSecrets.entry("ci", old));
        keys.replace(List.of(TestSecrets.entry("ci", next)));
        assertThat(reason(keys, next)).isEqualTo("known");
        assertThat(reason(keys, old)).isEqualTo("invalid_credentials");
    }

    @Test
    void aKeyThatIsThereTwiceIsRefused() {
        Secret key = TestSecrets.key();
        assertThatThrownBy(() -> keys(TestSecrets.entry("a", key), TestSecrets.entry("b", key)))
                .hasMessageContaining("twice");
    }

    @Test
    void theFileIsItsOwnersAloneAndHasNoKey() throws IOException {
        Path file = folder.resolve("keys.json");
        Secret key = TestSecrets.key();
        KeyEntry entry = TestSecrets.entry("ci", key, Map.of("models", List.of("a*")), "x", "y");
        new KeyStore(file).update(before -> List.of(entry));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain(key.reveal().substring(4, 20));
        assertThat(new KeyStore(file).read()).containsExactly(entry);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(each -> each.toString().endsWith(".new"))).isEmpty();
        }
    }

    @Test
    void aChangeThatFailsLeavesTheFile() throws IOException {
        Path file = folder.resolve("keys.json");
        KeyEntry entry = TestSecrets.entry("ci", TestSecrets.key());
        new KeyStore(file).update(before -> List.of(entry));
        assertThatThrownBy(() ->
                        new KeyStore(file)
                                .update(before -> {
                                    throw new IllegalStateException("no");
                                }))
                .hasMessage("no");
        assertThat(new KeyStore(file).read()).containsExactly(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"keys\": 1}",
                "{\"keys\": [1]}",
                "{\"keys\": [{\"name\": \"a\"}]}",
                "{\"keys\": [{\"name\": \"a b\", \"sha256\": \"00\", \"scopes\": [], \"created\": \"x\"}]}"
            })
    void aFileOfAnotherFormIsRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("keys.json"), text);
        assertThatThrownBy(() -> ApiKeys.of(List.of(), file, CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file.toString());
    }

    @Test
    void keysThatAreGivenAndKeysOfAFileAreKnownTogether() throws IOException {
        Secret given = TestSecrets.key();
        Secret filed = TestSecrets.key();
        Path file = folder.resolve("keys.json");
        Files.writeString(
                file, KeyFile.text(List.of(TestSecrets.entry("filed", filed, Map.of(), "a"))));
        KeyEntry entry = TestSecrets.entry("given", given, Map.of(), "a");
        try (ApiKeys keys = ApiKeys.of(List.of(entry), file, CLOCK)) {
            assertThat(reason(keys, given)).isEqualTo("known");
            assertThat(reason(keys, filed)).isEqualTo("known");
            assertThat(keys.entries()).extracting(KeyEntry::name).containsExactly("given", "filed");
            keys.replace(List.of());
            assertThat(reason(keys, given)).isEqualTo("invalid_credentials");
            assertThat(reason(keys, filed)).isEqualTo("known");
        }
    }

    @Test
    void aMissingFileIsRefused() {
        assertThatThrownBy(() -> ApiKeys.of(List.of(), folder.resolve("none"), CLOCK))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void aChangedFileIsTakenAndAWrongOneIsNot() throws IOException, InterruptedException {
        Path file = folder.resolve("keys.json");
        Files.writeString(file, "{\"keys\": []}");
        try (LiveFile<List<KeyEntry>> live =
                LiveFile.open(file, "keys", KeyFile::parse, Duration.ofMillis(5))) {
            KeyEntry entry = TestSecrets.entry("ci", TestSecrets.key());
            replace(file, KeyFile.text(List.of(entry)));
            await(() -> live.now().equals(List.of(entry)));
            replace(file, "nonsense");
            replace(file, "{\"keys\": [1]}");
            Files.delete(file);
            replace(file, "{\"keys\": []}");
            await(() -> live.now().isEmpty());
        }
    }

    private void replace(Path file, String text) throws IOException {
        Path draft = Files.writeString(folder.resolve("draft"), text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            var _ = new CountDownLatch(1).await(2, TimeUnit.MILLISECONDS);
        }
    }

    private static ApiKeys keys(KeyEntry... entries) {
        return ApiKeys.of(List.of(entries), CLOCK);
    }

    private static Credentials bearer(Secret secret) {
        return new Credentials(Credentials.Form.BEARER, secret);
    }

    private static String reason(ApiKeys keys, Secret secret) {
        return switch (keys.examine(bearer(secret))) {
            case Finding.Known _ -> "known";
            case Finding.Foreign _ -> "foreign";
            case Finding.Refused(var error) -> error.reason();
        };
    }
}
