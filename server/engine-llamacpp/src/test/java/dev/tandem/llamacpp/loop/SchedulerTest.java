package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.llamacpp.natives.DecodeResult;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.admission.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SchedulerTest {
    private static final int SLOTS = 3;
    private static final int CONTEXT = 600;

    private final FakeDecoder decoder = new FakeDecoder();
    private final WaitingLine line = new WaitingLine(Capacity.of(SLOTS, 10));
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Scheduler scheduler =
            new Scheduler(decoder, line, FakeDecoder.vocabulary(), SLOTS, CONTEXT, closing::get);

    private Generation submit(GenerationRequest.Builder request) {
        var generation = new Generation(request.build(), () -> {});
        line.join(generation, null, Waiting.UNSEEN);
        return generation;
    }

    private static GenerationRequest.Builder count(int from) {
        return GenerationRequest.of(new int[] {from});
    }

    private static GenerationRequest.Builder longPrompt(int tokens) {
        int[] prompt = new int[tokens];
        java.util.Arrays.fill(prompt, 4);
        return GenerationRequest.of(prompt).maxTokens(2);
    }

    private void run() {
        while (scheduler.step()) {
            assertThat(decoder.batches).hasSizeLessThan(10_000);
        }
    }

    private static String text(Generation generation) throws InterruptedException {
        return RealModel.text(generation);
    }

    @Test
    void generationsAreComputedInOneBatch() throws InterruptedException {
        Generation one = submit(count(3));
        Generation two = submit(count(5));
        run();
        assertThat(text(one)).isEqualTo("456789");
        assertThat(text(two)).isEqualTo("6789");
        assertThat(decoder.batches).hasSize(7);
        assertThat(decoder.batches.getFirst()).isEqualTo(Map.of(0, 1, 1, 1));
    }

    @Test
    void rowsAreInTheOrderOfTheirSequencesWhateverCameFirst() {
        Generation first = submit(count(1));
        submit(count(1));
        scheduler.step();
        first.cancel();
        scheduler.step();
        submit(count(1));
        scheduler.step(); // its prompt
        scheduler.step();
        assertThat(decoder.batches.getLast().keySet()).containsExactly(0, 1);
    }

    @Test
    void theLowestEmptySlotIsTakenFirst() {
        Generation first = submit(count(1));
        Generation second = submit(count(1));
        scheduler.step();
        second.cancel();
        scheduler.step();
        first.cancel();
        scheduler.step();
        submit(count(1));
        submit(count(1));
        scheduler.step();
        assertThat(decoder.batches.getLast().keySet()).containsExactly(0, 1);
    }

    @Test
    void aLongPromptIsComputedInPartsBesideTheOthers() {
        Generation running = submit(count(1).maxTokens(9));
        scheduler.step();
        Generation slow = submit(longPrompt(200));
        scheduler.step();
        assertThat(decoder.batches.getLast()).isEqualTo(Map.of(0, 1, 1, 64));
        Generation another = submit(longPrompt(200));
        scheduler.step();
        assertThat(decoder.batches.getLast()).isEqualTo(Map.of(0, 1, 1, 32, 2, 32));
        running.cancel();
        scheduler.step();
        assertThat(decoder.batches.getLast()).isEqualTo(Map.of(1, 64, 2, 64));
        slow.cancel();
        another.cancel();
    }

    @Test
    void aPromptThatIsScoredGoesInSmallPartsAndTellsEachTokenButTheFirst()
            throws InterruptedException {
        int[] prompt = new int[40];
        java.util.Arrays.setAll(prompt, i -> i % 2 == 0 ? 4 : 5);
        GenerationRequest.Builder scored =
                GenerationRequest.of(prompt).maxTokens(1).topLogprobs(1).scoresPrompt(true);
        Generation one = submit(scored);
        Generation two = submit(scored);
        run();

        assertThat(decoder.batches.getFirst()).isEqualTo(Map.of(0, 16));
        for (Generation each : List.of(one, two)) {
            text(each);
            assertThat(each.promptLogprobs()).hasSize(39);
            for (int i = 0; i < 39; i++) {
                TokenLogprob told = each.promptLogprobs().get(i);
                assertThat(told.token()).isEqualTo(prompt[i + 1]);
                assertThat(told.top().getFirst().token()).isEqualTo(prompt[i] + 1);
                assertThat(told.logprob() == told.top().getFirst().logprob())
                        .isEqualTo(prompt[i] == 4);
            }
        }
    }

    @Test
    void aPromptThatIsScoredIsComputedAnew() {
        submit(longPrompt(30).cacheSalt("me").maxTokens(1));
        run();
        Generation again =
                submit(
                        longPrompt(30)
                                .cacheSalt("me")
                                .maxTokens(1)
                                .topLogprobs(0)
                                .scoresPrompt(true));
        run();

        assertThat(again.usage().cachedPromptTokens()).isZero();
        assertThat(again.promptLogprobs()).hasSize(29);
    }

    @Test
    void aReaderWhoDoesNotReadPausesAloneAndGoesOnLater() throws InterruptedException {
        int[] prompt = {1};
        Sampling endless = Sampling.GREEDY.withLogitBias(Map.of(5, 20.0));
        Generation unread = submit(GenerationRequest.of(prompt).sampling(endless).maxTokens(100));
        run();
        int computed = decoder.tokens(0).size();
        assertThat(computed).isEqualTo(Generation.UNREAD_PIECES);
        Generation read = submit(count(3));
        run();
        assertThat(text(read)).isEqualTo("456789");
        assertThat(decoder.tokens(0)).hasSize(computed);
        List<Piece> pieces = new ArrayList<>();
        while (pieces.size() < 100) {
            pieces.add(unread.next());
            scheduler.step();
        }
        assertThat(unread.next()).isNull();
        assertThat(pieces.getLast().finish()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void aCancelledGenerationFreesItsSlotsWhereverItIs() throws InterruptedException {
        Generation decoding = submit(count(1));
        scheduler.step();
        Generation prefilling = submit(longPrompt(300).choices(2));
        scheduler.step();
        Generation queued = submit(count(1));
        Generation next = submit(count(3).choices(3));
        decoding.cancel();
        prefilling.cancel();
        queued.cancel();
        run();
        assertThat(decoding.next()).isNull();
        assertThat(prefilling.next()).isNull();
        assertThat(queued.next()).isNull();
        assertThat(RealModel.text(RealModel.pieces(next), 2)).isEqualTo("456789");
        assertThat(decoder.sequences).isEmpty();
    }

    @Test
    void aBatchThatNobodyWantsAnyMoreIsAborted() throws InterruptedException {
        Generation only = submit(longPrompt(300).cacheSalt("a"));
        decoder.duringDecode = only::cancel;
        scheduler.step();
        assertThat(decoder.sequences).isEmpty();
        decoder.duringDecode = () -> {};
        Generation next = submit(longPrompt(300).cacheSalt("a"));
        run();
        assertThat(text(next)).isEqualTo("56");
        assertThat(next.usage().cachedPromptTokens()).isZero();
    }

    @Test
    void anAbortedBatchLeavesWhatWasComputedBeforeInTheCache() throws InterruptedException {
        Generation left = submit(longPrompt(30).cacheSalt("a").maxTokens(5));
        scheduler.step();
        decoder.duringDecode = left::cancel;
        scheduler.step();
        decoder.duringDecode = () -> {};
        assertThat(decoder.tokens(0)).hasSize(30);

        Generation next = submit(longPrompt(30).cacheSalt("a").maxTokens(5));
        run();

        assertThat(next.usage().cachedPromptTokens()).isEqualTo(29);
        assertThat(text(next)).hasSize(5);
    }

    @Test
    void anAbortedBatchThatCannotBeTakenBackLeavesNothing() {
        decoder.truncates = false;
        Generation left = submit(longPrompt(30).cacheSalt("a").maxTokens(5));
        scheduler.step();
        decoder.duringDecode = left::cancel;
        scheduler.step();

        assertThat(decoder.sequences).isEmpty();
    }

    @Test
    void aBatchThatSomebodyWantsIsFinished() throws InterruptedException {
        Generation wanted = submit(count(3));
        Generation unwanted = submit(count(3));
        decoder.duringDecode = unwanted::cancel;
        run();
        assertThat(text(wanted)).isEqualTo("456789");
    }

    @Test
    void choicesShareThePrompt() throws InterruptedException {
        Generation generation = submit(longPrompt(100).choices(3));
        run();
        List<Piece> pieces = RealModel.pieces(generation);
        for (int choice = 0; choice < 3; choice++) {
            assertThat(RealModel.text(pieces, choice)).isEqualTo("56");
        }
        assertThat(decoder.batches.getFirst()).isEqualTo(Map.of(0, 100));
        assertThat(decoder.batches.get(1)).isEqualTo(Map.of(0, 1, 1, 1, 2, 1));
        assertThat(generation.usage()).isEqualTo(new Usage(100, 0, 6));
    }

    @Test
    void thePrefixIsReusedForTheSameSaltOnly() {
        submit(longPrompt(100).cacheSalt("a"));
        run();
        assertThat(cachedFor("b", Sampling.GREEDY)).isZero();
        assertThat(cachedFor("a", Sampling.GREEDY)).isEqualTo(99);
        assertThat(cachedFor("a", Sampling.GREEDY.withSeed(1))).isZero();
        assertThat(cachedFor(null, Sampling.GREEDY)).isZero();
    }

    private int cachedFor(@org.jspecify.annotations.Nullable String salt, Sampling sampling) {
        Generation generation = submit(longPrompt(100).cacheSalt(salt).sampling(sampling));
        run();
        return generation.usage().cachedPromptTokens();
    }

    @Test
    void aModelThatCannotForgetThePrefixesEndIsAskedAnew() {
        submit(longPrompt(100).cacheSalt("a"));
        run();
        decoder.truncates = false;
        submit(longPrompt(100).cacheSalt("a"));
        run();
        assertThat(decoder.batches.get(2)).isEqualTo(Map.of(0, 100));
    }

    @Test
    void nothingIsLeftOfARequestWithoutSalt() {
        submit(longPrompt(100));
        run();
        assertThat(decoder.sequences).isEmpty();
    }

    @Test
    void aBatchWithoutRoomFailsThoseInItAndTheNextIsServed() throws InterruptedException {
        Generation failing = submit(count(3));
        decoder.results.add(DecodeResult.NO_ROOM);
        run();
        assertThatThrownBy(failing::next)
                .isInstanceOf(EngineFailure.class)
                .hasMessageContaining("NO_ROOM");
        Generation next = submit(count(3));
        run();
        assertThat(text(next)).isEqualTo("456789");
    }

    @Test
    void afterAFatalErrorTheCacheIsGoneAndTheNextIsServed() throws InterruptedException {
        submit(longPrompt(100).cacheSalt("a"));
        run();
        Generation failing = submit(count(3));
        decoder.results.add(DecodeResult.FATAL);
        run();
        assertThatThrownBy(failing::next).isInstanceOf(EngineFailure.class);
        assertThat(decoder.sequences).isEmpty();
        assertThat(cachedFor("a", Sampling.GREEDY)).isZero();
    }

    @Test
    void threeErrorsInARowEndTheLoop() {
        for (int i = 0; i < 3; i++) {
            decoder.results.add(DecodeResult.FATAL);
        }
        submit(count(1));
        scheduler.step();
        submit(count(1));
        scheduler.step();
        submit(count(1));
        assertThatThrownBy(scheduler::step)
                .isInstanceOf(EngineFailure.class)
                .hasMessageContaining("load the model anew");
    }

    @Test
    void anAbortThatNobodyAskedForIsAnError() {
        Generation wanted = submit(count(1));
        decoder.results.add(DecodeResult.ABORTED);
        scheduler.step();
        assertThatThrownBy(wanted::next).isInstanceOf(EngineFailure.class);
    }

    @Test
    void numbersThatAreNoneFailTheirGeneration() {
        decoder.computesNothing = true;
        Generation generation = submit(count(1));
        run();
        assertThatThrownBy(generation::next)
                .isInstanceOf(EngineFailure.class)
                .hasMessageContaining("finite");
    }

    @Test
    void theEndOfTheLoopEndsEveryWait() throws InterruptedException {
        Generation running = submit(count(1));
        scheduler.step();
        Generation waiting = submit(count(1));
        scheduler.endAll(new EngineFailure("over"));
        assertThat(running.next()).isNotNull();
        assertThatThrownBy(running::next).isInstanceOf(EngineFailure.class).hasMessage("over");
        assertThatThrownBy(waiting::next).isInstanceOf(EngineFailure.class).hasMessage("over");
        assertThatThrownBy(() -> submit(count(1))).isInstanceOf(EngineFailure.class);
    }
}
