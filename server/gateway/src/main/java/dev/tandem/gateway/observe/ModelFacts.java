package dev.tandem.gateway.observe;

import dev.tandem.gateway.model.Generation;
import dev.tandem.gateway.service.Spent;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.observe.Fact;
import dev.tandem.runtime.observe.Label;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the metrics of calls and the line of a call say of models. */
public final class ModelFacts {
    static final Call.Key<Spent> SPENT = new Call.Key<>("spent");

    private ModelFacts() {}

    /** The labels {@code model} and {@code engine}. */
    public static List<Label> labels() {
        return List.of(
                new Label(
                        "model", call -> Generation.of(call).map(Generation::modelName).orElse("")),
                new Label(
                        "engine", call -> Generation.of(call).map(Generation::engine).orElse("")));
    }

    /** The fields of the log's line. */
    public static List<Fact> facts() {
        return List.of(
                new Fact("model", call -> known(call, Generation::modelName)),
                new Fact("engine", call -> known(call, Generation::engine)),
                new Fact(
                        "prompt_tokens",
                        call -> spent(call, took -> took.usage().getPromptTokens())),
                new Fact(
                        "completion_tokens",
                        call -> spent(call, took -> took.usage().getCompletionTokens())),
                new Fact("counted", call -> spent(call, Spent::counted)),
                new Fact("first_token_ms", ModelFacts::firstToken));
    }

    private static @Nullable Object known(Call call, Function<Generation, String> part) {
        String text = Generation.of(call).map(part).orElse("");
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Object spent(Call call, Function<Spent, Object> part) {
        return call.find(SPENT).map(part).orElse(null);
    }

    private static @Nullable Object firstToken(Call call) {
        long nanos = Generation.of(call).map(Generation::toFirst).orElse(-1L);
        return nanos < 0 ? null : TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
