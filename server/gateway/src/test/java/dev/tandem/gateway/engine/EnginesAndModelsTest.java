package dev.tandem.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.gateway.config.source.Problem;
import dev.tandem.routing.FailureKind;
import dev.tandem.store.Machine;
import dev.tandem.upstream.openai.OpenAiSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may stand under {@code engines} and {@code models}, and what is told of the rest. */
class EnginesAndModelsTest {
    @TempDir Path folder;

    private Configuration read(String yaml) throws Exception {
        Files.writeString(folder.resolve("tandem.yaml"), yaml);
        return Configuration.read(
                new Inputs(
                        Map.of(),
                        Map.of("KEY", "sk-secret"),
                        folder,
                        new Machine("Linux", "amd64", folder.resolve("ada"), 8),
                        null));
    }

    private List<String> problems(String yaml) throws Exception {
        return read(yaml).problems().stream().map(Problem::text).toList();
    }

    @Test
    void allThatMayBeSaid() throws Exception {
        Files.writeString(folder.resolve("own.gguf"), "");
        Settings settings =
                read("""
                engines:
                  gpu:
                    kind: openai
                    url: https://gpu.example.com/v1
                    api_key: ${KEY}
                    capabilities: [chat, embedding]
                    context: 32768
                    owner: us
                    provider: vllm
                    token_limit: max_tokens
                    request_fields: [top_k]
                    image_hosts: [images.example.com]
                    limits: {first: 5s, gap: 1500ms, size: 1MiB}
                    max_concurrent: 8
                    max_queue: 16
                    max_wait: 2s
                    circuit: {failures: 3, share: 0.25, calls: 8, window: 10s, open: 5s}
                  other: {kind: tandem, url: 'http://10.0.0.2:8080'}
                  local: {kind: llamacpp, file: own.gguf, slots: 2, gpu_layers: 0}
                models:
                  chat:
                    aliases: [gpt-4o, default]
                    routes:
                      - {engine: gpu, model: qwen3, weight: 3}
                      - {engine: local, priority: 1}
                    retries: {most: 2, base: 100ms, cap: 1s, retry_after: 3s}
                    fallback_on: [unavailable, context_length]
                    timeouts: {first: 10s, gap: 5s, total: 60s}
                """)
                        .settings();

        EngineConfig<?> gpu =
                Objects.requireNonNull(settings.get(EnginesSection.SECTION).get("gpu"));
        assertThat(gpu.capacity().longestWait()).isEqualTo(Duration.ofSeconds(2));
        assertThat(gpu.circuit().share()).isEqualTo(0.25);
        OpenAiSettings openai = (OpenAiSettings) gpu.settings();
        assertThat(openai.key()).isNotNull();
        assertThat(openai.limits().gap()).isEqualTo(Duration.ofMillis(1500));
        assertThat(openai.passing().request()).containsExactly("top_k");
        assertThat(openai.toString()).doesNotContain("sk-secret");
        LlamaSettings local =
                (LlamaSettings)
                        Objects.requireNonNull(settings.get(EnginesSection.SECTION).get("local"))
                                .settings();
        assertThat(local.source())
                .contains(new LlamaSettings.Source.Local(folder.resolve("own.gguf")));
        ModelConfig chat = Objects.requireNonNull(settings.get(ModelsSection.SECTION).get("chat"));
        assertThat(chat.aliases()).containsExactly("gpt-4o", "default");
        assertThat(chat.routes().getFirst().weight()).isEqualTo(3);
        assertThat(chat.routing().retries().most()).isEqualTo(2);
        assertThat(chat.routing().fallbackOn())
                .containsExactlyInAnyOrder(FailureKind.UNAVAILABLE, FailureKind.CONTEXT_LENGTH);
        assertThat(chat.routing().limits().total()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void twoReadingsOfTheSameAreEqual() throws Exception {
        String yaml =
                """
                engines:
                  a: {kind: openai, url: 'http://127.0.0.1:1/v1', api_key: '${KEY}'}
                models:
                  m: {routes: [{engine: a}]}
                """;
        Settings one = read(yaml).settings();
        Settings other = read("# moved by a line\n" + yaml).settings();
        assertThat(one.get(EnginesSection.SECTION)).isEqualTo(other.get(EnginesSection.SECTION));
        assertThat(one.get(ModelsSection.SECTION)).isEqualTo(other.get(ModelsSection.SECTION));
    }

    @Test
    void anEngineThatIsNotThereIsNamedWithTheNearest() throws Exception {
        assertThat(
                        problems(
                                """
                                engines:
                                  first: {kind: openai, url: 'http://127.0.0.1:1/v1'}
                                models:
                                  chat:
                                    routes:
                                      - {engine: frist}
                                """))
                .containsExactly(
                        "tandem.yaml:6:18: models.chat.routes[0].engine: there is no engine"
                                + " 'frist'; did you mean first?");
    }

    @Test
    void anAliasStandsOnce() throws Exception {
        assertThat(
                        problems(
                                """
                                engines:
                                  a: {kind: openai, url: 'http://127.0.0.1:1/v1'}
                                models:
                                  one: {aliases: [x], routes: [{engine: a}]}
                                  two: {aliases: [x, one], routes: [{engine: a}]}
                                """))
                .containsExactly(
                        "tandem.yaml:5:19: models.two.aliases[0]: 'x' is an alias of one too;"
                                + " keep one of them.",
                        "tandem.yaml:5:22: models.two.aliases[1]: 'one' is the name of a model;"
                                + " choose another.");
    }

    @Test
    void whatIsWrongWithOneEngineIsAllTold() throws Exception {
        assertThat(
                        problems(
                                """
                                engines:
                                  a: {kind: openai}
                                  b: {kind: opnai, url: 'http://127.0.0.1:1'}
                                  c: {kind: openai, url: 'http://127.0.0.1:1/v1', slots: 3}
                                  d: {url: 'http://127.0.0.1:1/v1'}
                                  e: {kind: openai, url: 'ftp://x'}
                                  f: {kind: openai, url: 'http://u:p@127.0.0.1/v1'}
                                  g: {kind: llamacpp, file: nothing.gguf}
                                """))
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text).contains("engines.a.url: is missing"),
                        text -> assertThat(text).contains("engines.b.kind: 'opnai' is not one of"),
                        text ->
                                assertThat(text)
                                        .contains(
                                                "tandem.yaml:4:",
                                                "engines.c.slots",
                                                "of kind openai"),
                        text -> assertThat(text).contains("engines.d.kind: is missing"),
                        text -> assertThat(text).contains("engines.e.url: 'ftp://x' is not"),
                        text -> assertThat(text).contains("engines.f.url: "),
                        text -> assertThat(text).contains("engines.g.file: 'nothing.gguf'"));
    }

    @Test
    void aModelNeedsARoute() throws Exception {
        assertThat(problems("models: {m: {routes: []}}"))
                .singleElement()
                .asString()
                .contains("models.m.routes: there must be at least one");
    }
}
