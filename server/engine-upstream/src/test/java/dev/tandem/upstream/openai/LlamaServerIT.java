package dev.tandem.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engines.Embeddings;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.store.Progress;
import dev.tandem.store.Store;
import dev.tandem.store.StoreException;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import dev.tandem.testtools.Programs;
import dev.tandem.testtools.Running;
import dev.tandem.upstream.Requested;
import dev.tandem.upstream.openai.OpenAiSettings.Facts;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/** The engine in front of llama.cpp's server with a real model. */
@Timeout(180)
class LlamaServerIT {
    private static final String KEY = "sk-of-the-test";
    private static final Pattern ADDRESS = Pattern.compile("listening at (http://\\S+) since now");
    private static final Duration SOON = Duration.ofSeconds(5);

    private static Path python = Path.of("python");
    private static Path model = Path.of("model");
    private static @Nullable Running server;
    private static URI address = URI.create("http://127.0.0.1");

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Programs.needs("python3");
        python = Installs.pip(Path.of("src", "test", "python", "requirements.txt"));
        try {
            model = Store.ofEnvironment(System.getenv(), Progress.silent()).model();
        } catch (StoreException e) {
            Programs.missing(String.valueOf(e.getMessage()));
            throw new TestAbortedException("no model", e);
        }
        Running started = start("chat");
        server = started;
        address = addressOf(started);
    }

    private static Running start(String what) {
        return Command.of(
                        python.toString(),
                        Path.of("src", "test", "python", "llama_server.py").toString(),
                        model.toString(),
                        what,
                        KEY)
                .start()
                .await("since now");
    }

    private static URI addressOf(Running running) {
        Matcher printed = ADDRESS.matcher(running.text());
        assertThat(printed.find()).isTrue();
        return URI.create(printed.group(1) + "/v1");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Asked asked() {
        return Asked.of(address, settings -> settings.key(Secret.of(KEY)));
    }

    private static EngineCall chat(Asked asked, ChatRequest request) {
        EngineCall call = EngineCall.begin(asked.engine, request);
        call.awaitEnd();
        return call;
    }

    @Test
    void anAnswerComesTokenByTokenWithItsUsage() {
        try (Asked asked = asked()) {
            EngineCall call =
                    chat(asked, Requested.with("'max_tokens': 12, 'temperature': 0, 'seed': 1"));

            assertThat(call.failure()).isNull();
            assertThat(call.text()).isNotBlank();
            assertThat(call.choice(0).size()).isGreaterThan(3);
            assertThat(call.choice(0).getLast().getFinishReason()).isIn("stop", "length");
            Usage usage = call.chunks().getLast().getUsage();
            assertThat(usage.getPromptTokens()).isPositive();
            assertThat(usage.getCompletionTokens()).isBetween(1, 12);
        }
    }

    @Test
    void anAnswerCanComeWhole() {
        try (Asked asked =
                Asked.of(
                        address,
                        settings ->
                                settings.key(Secret.of(KEY))
                                        .dialect(
                                                new OpenAiSettings.Dialect(
                                                        false,
                                                        false,
                                                        OpenAiSettings.TokenLimitName
                                                                .MAX_TOKENS)))) {
            EngineCall call = chat(asked, Requested.with("'max_completion_tokens': 8"));

            assertThat(call.failure()).isNull();
            assertThat(call.text()).isNotBlank();
            assertThat(call.chunks().getLast().getUsage().getCompletionTokens()).isBetween(1, 8);
        }
    }

    @Test
    void theServerHoldsTheAnswerToTheSchema() {
        try (Asked asked = asked()) {
            EngineCall call =
                    chat(
                            asked,
                            Requested.with(
                                    "'max_tokens': 60, 'temperature': 0, 'response_format':"
                                            + " {'type': 'json_schema', 'json_schema': {'name': 'x',"
                                            + " 'strict': true, 'schema': {'type': 'object',"
                                            + " 'properties': {'ok': {'type': 'boolean'}},"
                                            + " 'required': ['ok'],"
                                            + " 'additionalProperties': false}}}"));

            assertThat(call.failure()).isNull();
            assertThat(call.text().replaceAll("\\s", "")).matches("\\{\"ok\":(true|false)}");
        }
    }

    @Test
    void probabilitiesComeWithTheTokens() {
        try (Asked asked = asked()) {
            EngineCall call = chat(asked, Requested.with("'max_tokens': 4, 'logprobs': true"));

            assertThat(call.failure()).isNull();
            assertThat(call.choice(0)).anyMatch(ChunkChoice::hasLogprobs);
        }
    }

    @Test
    void aCallerWhoLeavesEndsTheWorkAndTheServerGoesOn() {
        try (Asked asked = asked()) {
            EngineCall call = EngineCall.begin(asked.engine, Requested.with("'max_tokens': 900"));
            call.awaitText();
            long left = call.leave();

            assertThat(Duration.ofNanos(call.awaitEnd() - left)).isLessThan(SOON);
            assertThat(Objects.requireNonNull(call.failure()).reason())
                    .isEqualTo(Reasons.CANCELLED.name());
            assertThat(chat(asked, Requested.with("'max_tokens': 2")).failure()).isNull();
        }
    }

    @Test
    void aPromptThatIsTooLongIsTheCallersFault() {
        try (Asked asked = asked()) {
            String words = "word ".repeat(3000);
            EngineCall call =
                    chat(asked, Requested.saying("{'role': 'user', 'content': '" + words + "'}"));

            assertThat(Objects.requireNonNull(call.failure()).reason())
                    .isEqualTo("context_length_exceeded");
        }
    }

    @Test
    void aWrongKeyIsTheOperatorsFault() {
        try (Asked asked = Asked.of(address, settings -> settings.key(Secret.of("sk-wrong")))) {
            EngineCall call = chat(asked, Requested.with("'max_tokens': 2"));

            assertThat(Objects.requireNonNull(call.failure()).reason())
                    .isEqualTo("upstream_misconfigured");
            assertThat(Objects.requireNonNull(call.failure()).message()).doesNotContain("sk-wrong");
        }
    }

    @Test
    void aValueThatTheServerDoesNotTakeIsTheCallersFault() {
        try (Asked asked = asked()) {
            EngineCall call =
                    chat(
                            asked,
                            Requested.with(
                                    "'response_format': {'type': 'json_schema', 'json_schema':"
                                            + " {'name': 'x', 'schema': {'type': 'nonsense'}}}"));

            assertThat(Objects.requireNonNull(call.failure()).reason())
                    .isEqualTo("unsupported_value");
        }
    }

    @Test
    void theModelIsListed() throws InterruptedException {
        try (Asked asked = asked()) {
            Call call = asked.open(null);

            assertThat(asked.engine.models(call)).hasSize(1);

            asked.calls.close(call);
        }
    }

    @Test
    void textsBecomeVectors() throws InterruptedException {
        Facts facts =
                new Facts(
                        "llama.cpp",
                        "us",
                        Set.of(Capability.CAPABILITY_EMBEDDING),
                        OptionalInt.of(1024));
        try (Running embedding = start("embedding");
                Asked asked =
                        Asked.of(
                                addressOf(embedding),
                                settings -> settings.key(Secret.of(KEY)).model(facts))) {
            Call call = asked.open(null);
            Embeddings vectors =
                    asked.engine.embed(
                            EmbeddingRequest.newBuilder()
                                    .setModel("m")
                                    .addInput(EmbeddingInput.newBuilder().setText("A cat."))
                                    .addInput(EmbeddingInput.newBuilder().setText("A dog sleeps."))
                                    .build(),
                            call);

            assertThat(vectors.vectors()).hasSize(2).allMatch(vector -> vector.length == 576);
            assertThat(vectors.promptTokens()).isPositive();
            asked.calls.close(call);
        }
    }
}
