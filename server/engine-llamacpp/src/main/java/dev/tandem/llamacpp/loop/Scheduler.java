package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.natives.DecodeResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Continuous batching: each step computes one further token of every generation whose reader has
 * room, and beside them a part of the prompts of those that begin. For the computing thread.
 */
final class Scheduler {
    /** Prompt tokens in one step where nothing else runs. */
    static final int MAX_PREFILL = 128;

    /**
     * Prompt tokens in one step beside running generations, which wait that long for their next
     * token.
     */
    static final int PREFILL_BESIDE_OTHERS = 64;

    /** Prompt tokens in one step whose logprobs are wanted: each costs room for its logits. */
    static final int MAX_SCORED_PREFILL = 16;

    private static final int MOST_FAILURES_IN_A_ROW = 3;

    private final Decoder decoder;
    private final Slots slots;
    private final WaitingLine line;
    private final Boarding boarding;
    private final TokenDelivery delivery;
    private final List<Running> running = new ArrayList<>();
    private final List<Running> inBatch = new ArrayList<>();
    private final float[] logits;
    private int failuresInARow;

    /**
     * @param context tokens that a slot holds
     * @param closing whether what is under way should be given up
     */
    Scheduler(
            Decoder decoder,
            WaitingLine line,
            Vocabulary vocabulary,
            int slotCount,
            int context,
            BooleanSupplier closing) {
        this.decoder = decoder;
        this.line = line;
        this.slots = new Slots(decoder, slotCount);
        this.boarding = new Boarding(line, slots, decoder, vocabulary);
        this.delivery = new TokenDelivery(vocabulary, context);
        this.logits = new float[vocabulary.size()];
        decoder.abortWhen(() -> closing.getAsBoolean() || nobodyWantsTheBatch());
    }

    /**
     * Computes one batch.
     *
     * @return false where there was nothing to compute
     */
    boolean step() {
        retireCancelled();
        for (Running next = boarding.next(); next != null; next = boarding.next()) {
            running.add(next);
        }
        fillBatch();
        if (inBatch.isEmpty()) {
            return false;
        }
        DecodeResult result = decoder.decode();
        if (result == DecodeResult.DONE) {
            failuresInARow = 0;
            List.copyOf(inBatch).forEach(this::goOn);
        } else if (result == DecodeResult.ABORTED && nobodyWantsTheBatch()) {
            List.copyOf(inBatch).forEach(this::retireAborted);
        } else {
            recover(result);
        }
        return true;
    }

    /** Ends everything that runs or waits, and refuses what comes. */
    void endAll(EngineFailure reason) {
        line.close(reason);
        running.forEach(one -> one.generation().outbox().end(reason));
        running.forEach(one -> one.active().forEach(choice -> choice.sampler().close()));
        running.clear();
    }

    private boolean nobodyWantsTheBatch() {
        for (Running one : inBatch) {
            if (!one.generation().isCancelled()) {
                return false;
            }
        }
        return true;
    }

    private void retireCancelled() {
        for (Running one : List.copyOf(running)) {
            if (one.generation().isCancelled()) {
                retire(one, null, true);
            }
        }
    }

    /** The next with the same beginning need not compute again what was computed before. */
    private void retireAborted(Running one) {
        one.active().forEach(choice -> slots.takeBack(choice.slot()));
        retire(one, null, true);
    }

    private void fillBatch() {
        inBatch.clear();
        running.forEach(one -> one.active().forEach(choice -> choice.slot().beginBatch()));
        running.stream().filter(one -> !one.isPrefilling() && one.mayGoOn()).forEach(inBatch::add);
        // llama.cpp computes only rows of ascending neighbours together, and any others one by one
        inBatch.stream()
                .flatMap(one -> one.active().stream())
                .sorted(Comparator.comparingInt(choice -> choice.slot().sequence()))
                .forEach(choice -> choice.feed(decoder));
        feedPrompts(inBatch.isEmpty() ? MAX_PREFILL : PREFILL_BESIDE_OTHERS);
    }

    private void feedPrompts(int most) {
        List<Running> prefilling = running.stream().filter(Running::isPrefilling).toList();
        int left = most;
        int leftToScore = MAX_SCORED_PREFILL;
        int sharers = prefilling.size();
        for (Running one : prefilling) {
            boolean scores = one.request().scoresPrompt();
            int share = Math.ceilDiv(left, sharers--);
            int mayFeed = scores ? Math.min(share, leftToScore) : share;
            if (mayFeed > 0) {
                int fed = one.feedPrompt(decoder, mayFeed);
                left -= fed;
                leftToScore -= scores ? fed : 0;
                inBatch.add(one);
            }
        }
    }

    private void goOn(Running one) {
        if (one.generation().isCancelled()) {
            return;
        }
        try {
            if (one.isPrefilling()) {
                one.scorePrompt(decoder, logits);
                if (one.promptIsComputed()) {
                    decoder.readLogits(one.sharePrompt(decoder), logits);
                    one.active().forEach(choice -> deliver(one, choice));
                }
            } else {
                for (Choice choice : one.active()) {
                    decoder.readLogits(choice.row(), logits);
                    deliver(one, choice);
                }
            }
        } catch (EngineFailure e) {
            retire(one, e, false);
        }
    }

    private void deliver(Running one, Choice choice) {
        delivery.deliver(one.generation(), choice, logits);
        if (choice.hasEnded()) {
            choice.sampler().close();
            free(one, choice.slot(), true);
            if (one.active().isEmpty()) {
                one.generation().outbox().end(null);
                running.remove(one);
            }
        }
    }

    private void retire(Running one, @Nullable EngineFailure reason, boolean cacheIsGood) {
        running.remove(one);
        one.generation().outbox().end(reason);
        for (Choice choice : one.active()) {
            choice.end();
            choice.sampler().close();
            free(one, choice.slot(), cacheIsGood);
        }
    }

    private void free(Running one, Slot slot, boolean cacheIsGood) {
        if (!cacheIsGood) {
            slots.forget(slot);
        }
        slots.free(slot);
        one.generation().freeSlots(1);
    }

    /**
     * A decode failed: those in the batch fail with it. After a fatal error the cache cannot be
     * trusted either.
     */
    private void recover(DecodeResult result) {
        var failure =
                new EngineFailure(decoder.reason("llama.cpp could not compute (" + result + ")"));
        if (result == DecodeResult.NO_ROOM || result == DecodeResult.BAD_BATCH) {
            List.copyOf(inBatch).forEach(one -> retire(one, failure, false));
        } else {
            List.copyOf(running).forEach(one -> retire(one, failure, false));
            slots.forgetAll();
        }
        if (++failuresInARow == MOST_FAILURES_IN_A_ROW) {
            throw new EngineFailure(
                    failure.getMessage()
                            + ", "
                            + failuresInARow
                            + " times in a row; load the model anew");
        }
    }
}
