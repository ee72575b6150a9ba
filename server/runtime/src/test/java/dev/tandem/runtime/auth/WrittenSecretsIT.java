package dev.tandem.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.WrittenSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Looks through all that this module's tests made the server write, after they have run: no key and
 * no token of theirs may stand there.
 */
class WrittenSecretsIT {
    @Test
    void noReportHasASecret() throws IOException {
        List<Path> written = WrittenSecrets.written();
        Assumptions.assumeTrue(
                written.stream().anyMatch(each -> each.toString().contains("AccessT")),
                "the tests of access have not run in this build");
        WrittenSecrets.areInNone(written, "invalid_credentials");
    }

    @Test
    void aSecretWouldBeFound() {
        String key = TestSecrets.key().reveal();
        assertThat(WrittenSecrets.in("<system-out>call failed: " + key + " is wrong</system-out>"))
                .containsExactly(key);
        for (String user : List.of("", "a", "ab", "abc")) {
            byte[] pair = (user + ":" + key).getBytes(StandardCharsets.UTF_8);
            assertThat(WrittenSecrets.in("Basic " + Base64.getEncoder().encodeToString(pair)))
                    .as("Basic of %s", user)
                    .hasSize(1);
        }
        try (TestIssuer issuer = new TestIssuer()) {
            String token = issuer.token(TestIssuer.rsa("k"), Instant.EPOCH.plusSeconds(1));
            assertThat(WrittenSecrets.in("authorization: Bearer " + token)).hasSize(1);
        }
        assertThat(WrittenSecrets.in("tdm_x tdm_ eyJ")).isEmpty();
    }
}
