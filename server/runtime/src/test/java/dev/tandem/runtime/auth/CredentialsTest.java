package dev.tandem.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Head;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    @Test
    void aCallMayShowNothing() {
        assertThat(Credentials.of(head())).isEmpty();
        assertThat(Credentials.of(head("x-other", "abc"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc.DEF-1", "bearer abc.DEF-1", "BEARER   abc.DEF-1 "})
    void bearer(String value) {
        assertThat(Credentials.of(head("authorization", value)))
                .contains(credentials(Credentials.Form.BEARER, "abc.DEF-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-api-key", "api-key"})
    void keysInHeadersOfTheirOwn(String header) {
        assertThat(Credentials.of(head(header, "abc")))
                .contains(credentials(Credentials.Form.API_KEY, "abc"));
    }

    @Test
    void thePasswordOfBasicIsTheKeyWhateverTheUserIsCalled() {
        for (String pair : new String[] {"me:k:1", ":k:1", "\u00fc:k:1"}) {
            assertThat(Credentials.of(head("authorization", "Basic " + base64(pair))))
                    .contains(credentials(Credentials.Form.BASIC, "k:1"));
        }
    }

    @Test
    void theSameOneTwiceIsOne() {
        assertThat(Credentials.of(head("x-api-key", "k", "authorization", "Bearer k")))
                .contains(credentials(Credentials.Form.BEARER, "k"));
        assertThat(Credentials.of(head("api-key", "k", "api-key", "k"))).isPresent();
        assertThat(
                        Credentials.of(
                                head("x-api-key", "k", "authorization", "Basic " + base64("me:k"))))
                .isPresent();
    }

    @Test
    void twoAreRefused() {
        assertThat(refusal("authorization", "Bearer a", "x-api-key", "b"))
                .isEqualTo("ambiguous_credentials");
        assertThat(refusal("authorization", "Bearer a", "authorization", "Bearer b"))
                .isEqualTo("ambiguous_credentials");
        assertThat(refusal("api-key", "a", "x-api-key", "b")).isEqualTo("ambiguous_credentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer a b",
                "Bearer a,b",
                "Bearer \u00fc",
                "Basic",
                "Basic !!!",
                "Basic bWU=",
                "Basic bWU6",
                "Basic /////w==",
                "Digest username=\"me\"",
                "abc"
            })
    void othersAreMalformed(String value) {
        assertThat(refusal("authorization", value)).isEqualTo("malformed_credentials");
    }

    @Test
    void tooLongIsMalformedToo() {
        assertThat(refusal("x-api-key", "a".repeat(Credentials.LONGEST + 1)))
                .isEqualTo("malformed_credentials");
        assertThat(refusal("authorization", "Basic " + "A".repeat(Credentials.LONGEST + 4)))
                .isEqualTo("malformed_credentials");
    }

    @Test
    void noMessageRepeatsWhatWasShown() {
        for (String value : new String[] {"Bearer q q", "Basic cXFx", "Digest qqq", "qqq"}) {
            assertThatThrownBy(() -> Credentials.of(head("authorization", value)))
                    .isInstanceOf(ApiException.class)
                    .message()
                    .doesNotContain("qq", "cXFx");
        }
    }

    @Test
    void nothingOfASecretIsPrinted() {
        Secret secret = Secret.of("open sesame");
        assertThat(secret).hasToString("***").isEqualTo(Secret.of("open sesame"));
        assertThat(secret).isNotEqualTo(Secret.of("open sesamf"));
        assertThat(new Credentials(Credentials.Form.BEARER, secret).toString())
                .doesNotContain("sesame");
    }

    private static Credentials credentials(Credentials.Form form, String secret) {
        return new Credentials(form, Secret.of(secret));
    }

    private static String refusal(String... headers) {
        try {
            return "accepted: " + Credentials.of(head(headers));
        } catch (ApiException e) {
            return e.error().reason();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Head head(String... headers) {
        Map<String, List<String>> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.computeIfAbsent(headers[i], name -> new ArrayList<>()).add(headers[i + 1]);
        }
        return new Head(
                Head.Wire.REST, "GET", "/", null, map, InetSocketAddress.createUnresolved("t", 1));
    }
}
