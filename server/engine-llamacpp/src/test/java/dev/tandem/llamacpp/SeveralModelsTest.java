package dev.tandem.llamacpp;

import static dev.tandem.llamacpp.Answered.ask;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Several models in one process. */
class SeveralModelsTest {
    private static final String QUESTION = "What is the capital of France?";

    @Test
    void modelsLiveSideBySideAndAreClosedInAnyOrder() throws InterruptedException {
        try (LoadedEngine first = new LoadedEngine(256)) {
            String alone = Answered.by(first, ask(QUESTION).setMaxTokens(8)).text();
            LoadedEngine second = new LoadedEngine(256);
            try (LoadedEngine third = new LoadedEngine(256)) {
                assertThat(Answered.by(second, ask(QUESTION).setMaxTokens(8)).text())
                        .isEqualTo(alone);
                second.close();
                assertThat(second.engine.ready()).isFalse();
                assertThat(Answered.by(third, ask(QUESTION).setMaxTokens(8)).text())
                        .isEqualTo(alone);
            }
            assertThat(Answered.by(first, ask(QUESTION).setMaxTokens(8)).text()).isEqualTo(alone);
        }
    }
}
