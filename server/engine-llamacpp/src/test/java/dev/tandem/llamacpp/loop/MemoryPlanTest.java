package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.llamacpp.gguf.ModelFacts;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    private static final ModelFacts FACTS =
            new ModelFacts("llama", "Tiny", 8_192, 30, 576, 11_520, 49_152, 96_576_768, null);
    private static final ModelOptions OPTIONS =
            ModelOptions.defaults().withMemoryBudget(1_000_000_000);

    @Test
    void theCacheIsContextTimesSlots() {
        MemoryPlan plan = MemoryPlan.of(FACTS, OPTIONS.withContextPerSlot(1_000).withSlots(2));
        assertThat(plan.contextPerSlot()).isEqualTo(1_024);
        assertThat(plan.kvBytes()).isEqualTo(2L * 1_024 * 11_520 * 2);
        assertThat(plan.describe())
                .startsWith("97 MB weights + 48 MB KV cache (2 slots of 1024 tokens) + ");
    }

    @Test
    void withoutAContextItIsTheModelsWithinReason() {
        assertThat(MemoryPlan.of(FACTS, OPTIONS).contextPerSlot()).isEqualTo(4_096);
    }

    @Test
    void overTheBudgetTheSettingToLowerIsNamed() {
        assertThatExceptionOfType(BudgetExceeded.class)
                .isThrownBy(
                        () -> MemoryPlan.of(FACTS, OPTIONS.withContextPerSlot(8_192).withSlots(8)))
                .withMessageContaining("lower contextPerSlot or slots");
        assertThatExceptionOfType(BudgetExceeded.class)
                .isThrownBy(() -> MemoryPlan.of(FACTS, OPTIONS.withMemoryBudget(50_000_000)))
                .withMessageContaining("smaller model");
    }

    @Test
    void aContextThatTheModelDoesNotKnowIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemoryPlan.of(FACTS, OPTIONS.withContextPerSlot(8_193)))
                .withMessageContaining("8192");
    }
}
