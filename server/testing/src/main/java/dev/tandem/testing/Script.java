package dev.tandem.testing;

import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link ScriptedEngine} does for one call, step by step. The role at a choice's begin, a
 * finish reason for every choice and the usage come by themselves. Immutable.
 *
 * @param steps in order
 * @param promptTokens what the usage tells of the prompt
 */
public record Script(List<Step> steps, int promptTokens) {

    /** One thing that the engine does. */
    public sealed interface Step {
        /** Sends news of a choice. */
        record Send(ChunkChoice news) implements Step {}

        /** Waits, in silence. */
        record Pause(Gate gate) implements Step {}

        /** Waits, in silence, and heeds no interrupt. */
        record Ignore(Gate gate) implements Step {}

        /** Throws. */
        record Fail(RuntimeException failure) implements Step {}

        /** Sends the text again and again. */
        record Flood(String text) implements Step {}

        /** Returns as if all had been said: a defect of the engine. */
        record CutOff() implements Step {}
    }

    public Script {
        steps = List.copyOf(steps);
    }

    /** An empty script: role, finish reason, usage. */
    public static Script empty() {
        return new Script(List.of(), 3);
    }

    /** Says the tokens, a chunk each. */
    public static Script saying(String... tokens) {
        return empty().say(tokens);
    }

    /** Says more tokens of choice 0. */
    public Script say(String... tokens) {
        Script longer = this;
        for (String token : tokens) {
            longer = longer.say(0, token);
        }
        return longer;
    }

    /** Says one token of a choice. */
    public Script say(int choice, String token) {
        return delta(choice, Delta.newBuilder().setContent(token).build());
    }

    /** Sends a delta of a choice. */
    public Script delta(int choice, Delta delta) {
        return send(ChunkChoice.newBuilder().setIndex(choice).setDelta(delta).build());
    }

    /** Ends a choice for another reason than {@code stop}. */
    public Script finish(int choice, String reason) {
        return send(
                ChunkChoice.newBuilder()
                        .setIndex(choice)
                        .setDelta(Delta.getDefaultInstance())
                        .setFinishReason(reason)
                        .build());
    }

    /** Sends news of a choice as they are. */
    public Script send(ChunkChoice news) {
        return then(new Step.Send(news));
    }

    /** Falls silent until the gate is open or the call is over. */
    public Script pause(Gate gate) {
        return then(new Step.Pause(gate));
    }

    /** Falls silent until the gate is open, even when the call is over: a defect of the engine. */
    public Script ignore(Gate gate) {
        return then(new Step.Ignore(gate));
    }

    /** Fails: an {@code ApiException} for an error that the caller shall read, or a defect. */
    public Script fail(RuntimeException failure) {
        return then(new Step.Fail(failure));
    }

    /** Says the text for ever. */
    public Script flood(String text) {
        return then(new Step.Flood(text));
    }

    /** Stops without finish reason and usage. */
    public Script cutOff() {
        return then(new Step.CutOff());
    }

    /** Another number of prompt tokens; 3 unless told. */
    public Script promptTokens(int count) {
        return new Script(steps, count);
    }

    private Script then(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Script(longer, promptTokens);
    }
}
