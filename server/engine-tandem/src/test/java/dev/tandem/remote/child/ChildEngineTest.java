package dev.tandem.remote.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.remote.Until;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.testtools.Command;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A child that ends, hangs, or never begins. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class ChildEngineTest {
    private static final ChildSettings SETTINGS =
            ChildSettings.of("scripted", ScriptedChild.command())
                    .kind("scripted")
                    .environment(Map.of("OWN", "yes"));

    private static ChatRequest ask(String what) {
        return ChatRequest.newBuilder()
                .setModel("own")
                .addMessages(
                        ChatMessage.newBuilder()
                                .setRole(Role.ROLE_USER)
                                .addContent(ContentPart.newBuilder().setText(what)))
                .build();
    }

    private static ChildEngine ready(ChildSettings settings) {
        ChildEngine engine = ChildEngine.start(settings);
        Until.holds("the child is ready", engine::ready);
        return engine;
    }

    private static ProcessHandle process(ChildEngine engine) {
        return ProcessHandle.of(engine.pid().orElseThrow()).orElseThrow();
    }

    private static String answer(ChildEngine engine, String what) {
        try (EngineCall call = EngineCall.begin(engine, ask(what))) {
            call.awaitEnd();
            assertThat(call.failure()).isNull();
            return call.text();
        }
    }

    private static ApiError refusal(ChildEngine engine) {
        try (EngineCall call = EngineCall.begin(engine, ask("hello"))) {
            call.awaitEnd();
            return Objects.requireNonNull(call.failure());
        }
    }

    @Test
    void aChildThatIsKilledEndsItsCallsWithOneErrorAndComesBack() {
        try (ChildEngine engine = ready(SETTINGS);
                EngineCall call = EngineCall.begin(engine, ask("flood"))) {
            call.awaitText();
            ProcessHandle first = process(engine);
            long killed = System.nanoTime();
            assertThat(first.destroyForcibly()).isTrue();

            long ended = call.awaitEnd();

            ApiError failure = Objects.requireNonNull(call.failure());
            assertThat(failure.reason()).isEqualTo("engine_failed");
            assertThat(failure.message()).contains("process of this model");
            assertThat(Duration.ofNanos(ended - killed)).isLessThan(Duration.ofSeconds(5));

            Until.holds("it is away", () -> !engine.ready());
            ApiError meanwhile = refusal(engine);
            assertThat(meanwhile.reason()).isEqualTo("model_loading");
            assertThat(meanwhile.retryAfter())
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));

            Until.holds("it is back", engine::ready);
            assertThat(answer(engine, "hello")).isEqualTo("ab");
            assertThat(engine.pid().orElseThrow()).isNotEqualTo(first.pid());
        }
    }

    @Test
    void aChildThatAbortsInACallIsStartedAgain() {
        try (ChildEngine engine = ready(SETTINGS)) {
            try (EngineCall call = EngineCall.begin(engine, ask("die"))) {
                call.awaitEnd();
                assertThat(Objects.requireNonNull(call.failure()).reason())
                        .isEqualTo("engine_failed");
            }
            Until.holds("it is away", () -> !engine.ready());
            Until.holds("it is back", engine::ready);
            assertThat(answer(engine, "hello")).isEqualTo("ab");
        }
    }

    @Test
    void aChildThatHangsIsKilledAndStartedAgain() {
        ChildSettings impatient =
                SETTINGS.times(
                        new ChildSettings.Times(
                                Duration.ofSeconds(60),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(10)));
        try (ChildEngine engine = ready(impatient);
                EngineCall call = EngineCall.begin(engine, ask("flood"))) {
            call.awaitText();
            ProcessHandle first = process(engine);
            Command.of("kill", "-STOP", Long.toString(first.pid())).output();

            call.awaitEnd();

            assertThat(Objects.requireNonNull(call.failure()).reason()).isEqualTo("engine_failed");
            assertThat(first.onExit().orTimeout(10, TimeUnit.SECONDS).join()).isNotNull();
            Until.holds("it is back", engine::ready);
        }
    }

    @Test
    void aClosedChildIsGone() {
        ChildEngine engine = ready(SETTINGS);
        ProcessHandle child = process(engine);
        try (EngineCall call = EngineCall.begin(engine, ask("flood"))) {
            call.awaitText();

            engine.close();

            assertThat(child.isAlive()).isFalse();
            assertThat(engine.ready()).isFalse();
            assertThat(engine.pid()).isEmpty();
            call.awaitEnd();
            assertThat(Objects.requireNonNull(call.failure()).message())
                    .contains("taken out of service");
            assertThat(refusal(engine).message()).contains("taken out of service");
        }
    }

    @Test
    void aChildThatCannotBeginIsTriedAgainAndCallsAreTold() {
        ChildSettings broken =
                ChildSettings.of("broken", ScriptedChild.command("broken"))
                        .restarts(
                                new ChildSettings.Restarts(
                                        Duration.ofMillis(10),
                                        Duration.ofMillis(10),
                                        Duration.ofMinutes(1)));
        try (ChildEngine engine = ChildEngine.start(broken)) {
            assertThat(refusal(engine).reason()).isEqualTo("model_loading");
            Until.holds("a first child", () -> engine.pid().isPresent());
            long first = engine.pid().orElseThrow();
            Until.holds(
                    "another child", () -> engine.pid().filter(pid -> pid != first).isPresent());
        }
    }

    @Test
    void aProgramThatIsNotThereIsNoChild() {
        ChildSettings missing =
                ChildSettings.of("missing", java.util.List.of("/nowhere/tandem", "serve"));
        try (ChildEngine engine = ChildEngine.start(missing)) {
            assertThat(refusal(engine).reason()).isEqualTo("model_loading");
            assertThat(engine.pid()).isEmpty();
        }
    }

    @Test
    void aChildHasNoKeyAndNoSettingsOfItsParent() {
        try (ChildEngine engine = ready(SETTINGS)) {
            String told = answer(engine, "environment");

            assertThat(told)
                    .contains("GGML_NO_BACKTRACE=1", "OWN=yes", "TANDEM_PORT=0", "with true")
                    .contains("TANDEM_API_KEYS=parent:sha256:")
                    .doesNotContain("tdm_")
                    .doesNotContain(" in " + Path.of("").toAbsolutePath());
            assertThat(process(engine).info().commandLine().orElse("")).doesNotContain("sha256");
        }
    }
}
