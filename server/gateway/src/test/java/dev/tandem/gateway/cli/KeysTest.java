package dev.tandem.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.KeyStore;
import dev.tandem.runtime.auth.Secret;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aKeyIsMadeAndPrintedOnce() throws Exception {
        assertThat(
                        run(
                                "keys",
                                "create",
                                "ci",
                                "--scope",
                                "inference,admin",
                                "--model",
                                "tiny*,large",
                                "--limits",
                                "gold",
                                "--expires",
                                "90d"))
                .isZero();
        Secret key = Secret.of(out.toString().strip());
        assertThat(ApiKey.wellFormed(key)).isTrue();
        KeyEntry entry = new KeyStore(file()).read().getFirst();
        assertThat(entry.hash()).isEqualTo(KeyHash.of(key));
        assertThat(entry.scopes()).containsExactlyInAnyOrder("inference", "admin");
        assertThat(entry.attributes())
                .containsEntry("models", List.of("tiny*", "large"))
                .containsEntry("limits", List.of("gold"));
        assertThat(entry.expires()).isEqualTo(entry.created().plusSeconds(90 * 86_400));
        assertThat(Files.readString(file())).doesNotContain(key.reveal());

        for (String[] asking :
                List.of(
                        new String[] {"keys", "list"},
                        new String[] {"keys", "list", "--json"},
                        new String[] {"keys", "show", "ci"},
                        new String[] {"keys", "show", "ci", "--json"})) {
            assertThat(run(asking)).isZero();
            assertThat(out.toString()).contains("ci", "admin").doesNotContain(key.reveal());
        }
    }

    @Test
    void theUsualKeyAsksModelsAndListsThem() throws Exception {
        assertThat(run("keys", "create", "ci", "--json")).isZero();
        JsonObject made;
        try (JsonReader reader = Json.createReader(new StringReader(out.toString()))) {
            made = reader.readObject();
        }
        KeyEntry entry = new KeyStore(file()).read().getFirst();
        assertThat(KeyHash.of(Secret.of(made.getString("key")))).isEqualTo(entry.hash());
        assertThat(entry.scopes()).containsExactlyInAnyOrder("inference", "models.read");
        assertThat(entry.attributes()).isEmpty();
        assertThat(Optional.ofNullable(entry.expires())).isEmpty();
    }

    @Test
    void aKeyIsTakenBack() throws Exception {
        assertThat(run("keys", "create", "ci")).isZero();
        assertThat(run("keys", "revoke", "ci")).isZero();
        assertThat(new KeyStore(file()).read().getFirst().revoked()).isNotNull();
        assertThat(run("keys", "list")).isZero();
        assertThat(out.toString()).contains("ci", "revoked");
        assertThat(run("keys", "create", "ci")).isEqualTo(1);
        assertThat(err.toString()).contains("already");
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        assertThat(run("keys", "revoke", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("no key called nobody");
        assertThat(run("keys", "create", "a b")).isEqualTo(1);
        assertThat(err.toString()).contains("letters, digits");
        assertThat(run("keys", "create", "a", "--scope", "x y")).isEqualTo(1);
        assertThat(run("keys", "create", "a", "--expires", "2001-01-01T00:00:00Z")).isEqualTo(1);
        assertThat(err.toString()).contains("--expires takes");
        assertThat(run("keys", "create", "a", "--expires", "soon")).isEqualTo(1);
        assertThat(Files.exists(file())).isFalse();
    }

    private Path file() {
        return folder.resolve("keys.json");
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, 2);
        all[2] = "--file";
        all[3] = file().toString();
        System.arraycopy(args, 2, all, 4, args.length - 2);
        return Tandem.run(
                all,
                new Screen(new PrintWriter(out, true), new PrintWriter(err, true), false),
                (settings, models) -> {
                    throw new IllegalStateException("nothing is served");
                },
                (llama, model, embedded, wanted) -> {
                    throw new CommandException("nothing is loaded");
                },
                settings -> Optional.empty());
    }
}
