package dev.tandem.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.RpcReasons;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.testtools.Ports;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of another server's failures. */
@Timeout(60)
class TandemErrorsTest {
    private static ApiError chatting(TandemSettings settings) {
        try (TandemConnection connection = TandemConnection.open(settings);
                TandemEngine engine = new TandemEngine(connection, "own");
                EngineCall call = EngineCall.begin(engine, EngineCall.hello().build())) {
            call.awaitEnd();
            return Objects.requireNonNull(call.failure());
        }
    }

    private static ApiError told(ApiError theirs) {
        ScriptedEngine engine =
                new ScriptedEngine(request -> {
                    throw theirs.toException();
                });
        try (OtherTandem other = OtherTandem.with(engine)) {
            return chatting(other.settings());
        }
    }

    static Stream<ApiError> errorsThatAreTold() {
        return Stream.of(
                ApiError.violations(
                        List.of(
                                new Violation("messages[0].content", "min_len", "Too short."),
                                new Violation("n", "lte", "Too many."))),
                ApiError.ofParam(Reasons.UNSUPPORTED_VALUE, "tools", "No tools here."),
                ApiError.ofParam(EngineReasons.CONTEXT_LENGTH_EXCEEDED, "messages", "9 of 8."),
                ApiError.of(Reasons.REQUEST_TOO_LARGE, "Too many bytes."),
                ApiError.of(Reasons.RATE_LIMIT_EXCEEDED, "Too many requests.")
                        .violating(List.of(new Violation("key a", "requests", "60 of 60.")))
                        .retryAfter(Duration.ofMillis(2_500)),
                ApiError.of(Reasons.OVERLOADED, "3 wait.").retryAfter(Duration.ofSeconds(4)),
                ApiError.of(EngineReasons.MODEL_LOADING, "Soon.").retryAfter(Duration.ofSeconds(2)),
                ApiError.of(EngineReasons.ENGINE_FAILED, "The model could not go on."),
                ApiError.of(EngineReasons.UPSTREAM_RATE_LIMITED, "Later."),
                ApiError.of(EngineReasons.UPSTREAM_ERROR, "Behind that one."),
                ApiError.of(EngineReasons.UPSTREAM_TIMEOUT, "Too slow."),
                ApiError.of(Code.INVALID_REQUEST, "of_another_version", "Not known here."));
    }

    @ParameterizedTest
    @MethodSource("errorsThatAreTold")
    void whatTheCallerCanMendOrWaitForIsToldAsItWas(ApiError theirs) {
        assertThat(told(theirs)).isEqualTo(theirs);
    }

    static Stream<List<Object>> errorsOfOurOwn() {
        return Stream.of(
                List.of(ApiError.of(Reasons.FORBIDDEN, "Not you."), "upstream_misconfigured"),
                List.of(
                        ApiError.ofParam(EngineReasons.MODEL_NOT_FOUND, "model", "None."),
                        "upstream_misconfigured"),
                List.of(ApiError.of(Reasons.UNIMPLEMENTED, "Not here."), "upstream_misconfigured"),
                List.of(ApiError.of(Reasons.MESSAGE_GAP_TIMEOUT, "Stalled."), "upstream_timeout"),
                List.of(ApiError.of(Reasons.SERVER_STOPPING, "Bye."), "upstream_unavailable"),
                List.of(ApiError.internal(), "upstream_error"),
                List.of(ApiError.of(RpcReasons.MALFORMED_MESSAGE, "No message."), "upstream_error"),
                List.of(ApiError.of(Code.DATA_LOSS, "lost", "Lost."), "upstream_error"));
    }

    @ParameterizedTest
    @MethodSource("errorsOfOurOwn")
    void whatNoCallerCanMendIsToldInOurWords(List<Object> row) {
        ApiError theirs = (ApiError) row.getFirst();

        ApiError ours = told(theirs);

        assertThat(ours.reason()).isEqualTo(row.getLast());
        assertThat(ours.message()).isNotEqualTo(theirs.message());
    }

    @Test
    void aServerThatIsAwayIsUnavailable() {
        ApiError error =
                chatting(TandemSettings.of(URI.create("http://127.0.0.1:" + Ports.free())));

        assertThat(error.reason()).isEqualTo("upstream_unavailable");
        assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void aWrongKeyIsTheOperatorsFaultAndIsNotRepeated() {
        Secret right = ApiKey.create(new SecureRandom());
        Secret wrong = ApiKey.create(new SecureRandom());
        KeyEntry entry =
                new KeyEntry(
                        "us",
                        KeyHash.of(right),
                        Set.of("inference", "models.read"),
                        Map.of(),
                        Instant.EPOCH,
                        null,
                        null);
        ApiKeys keys = ApiKeys.of(List.of(entry), InstantSource.system());
        try (OtherTandem other =
                        OtherTandem.with(
                                new ScriptedEngine(Script.saying("a")),
                                builder -> builder.authenticators(List.of(keys)));
                TandemConnection known = TandemConnection.open(other.settings().key(right));
                TandemEngine engine = new TandemEngine(known, "own");
                EngineCall call = EngineCall.begin(engine, EngineCall.hello().build())) {
            call.awaitEnd();
            ApiError error = chatting(other.settings().key(wrong));

            assertThat(call.failure()).isNull();
            assertThat(error.reason()).isEqualTo("upstream_misconfigured");
            assertThat(error.code()).isEqualTo(Code.UPSTREAM_FAILED);
            assertThat(error.toString() + other.settings().key(wrong))
                    .doesNotContain(wrong.reveal());
            assertThat(chatting(other.settings()).reason()).isEqualTo("upstream_misconfigured");
        }
    }

    @Test
    void aKeyThatTheServerRepeatsIsNotHandedOn() {
        Secret key = Secret.of("tdm_very-secret");
        ScriptedEngine engine =
                new ScriptedEngine(request -> {
                    throw ApiError.ofParam(
                                    Reasons.UNSUPPORTED_VALUE,
                                    "model",
                                    "Not with\nyour key tdm_very-secret.")
                            .toException();
                });
        // nobody is asked for a key there, and so any is taken
        try (OtherTandem other = OtherTandem.with(engine)) {
            assertThat(chatting(other.settings().key(key)).message())
                    .isEqualTo("Not with your key ***.");
        }
    }

    @Test
    void aServerThatDoesNotBeginIsTooSlow() {
        TandemSettings.Limits limits =
                new TandemSettings.Limits(
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(60),
                        1 << 20);
        try (OtherTandem other =
                OtherTandem.with(new ScriptedEngine(Script.empty().pause(new Gate())))) {
            assertThat(chatting(other.settings().limits(limits)).reason())
                    .isEqualTo("upstream_timeout");
            assertThat(other.engine().awaitRun().awaitEnd()).isNotNull();
        }
    }

    @Test
    void aServerThatDoesNotGoOnIsTooSlow() {
        TandemSettings.Limits limits =
                new TandemSettings.Limits(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(100),
                        1 << 20);
        try (OtherTandem other =
                OtherTandem.with(new ScriptedEngine(Script.saying("a").pause(new Gate())))) {
            assertThat(chatting(other.settings().limits(limits)).reason())
                    .isEqualTo("upstream_timeout");
        }
    }

    @Test
    void anAnswerThatDoesNotEndIsCutAtTheLimit() {
        TandemSettings.Limits limits =
                new TandemSettings.Limits(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        10_000);
        try (OtherTandem other =
                OtherTandem.with(new ScriptedEngine(Script.empty().flood("more ")))) {
            assertThat(chatting(other.settings().limits(limits)).reason())
                    .isEqualTo("upstream_error");
            assertThat(other.engine().awaitRun().awaitEnd()).isNotNull();
        }
    }
}
