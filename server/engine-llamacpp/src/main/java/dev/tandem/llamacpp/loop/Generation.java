package dev.tandem.llamacpp.loop;

import dev.tandem.runtime.admission.Ticket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that was accepted. One reader at a time takes its pieces; it may be a virtual thread,
 * and a slow one holds up nobody but itself, though it keeps its slot. A generation that is not
 * read to the end must be cancelled (or closed).
 */
public final class Generation implements AutoCloseable {
    /** Pieces for each choice that may wait for the reader. */
    static final int UNREAD_PIECES = 32;

    private final GenerationRequest request;
    private final Outbox outbox;
    private final Runnable wakeLoop;
    private volatile @Nullable Ticket
            ticket; // set before the loop or a reader knows the generation
    private volatile boolean cancelled;
    private volatile int cachedPromptTokens;
    private volatile int completionTokens;
    private volatile List<TokenLogprob> promptLogprobs = List.of();

    Generation(GenerationRequest request, Runnable wakeLoop) {
        this.request = request;
        this.wakeLoop = wakeLoop;
        this.outbox = new Outbox(UNREAD_PIECES * request.choices(), wakeLoop);
    }

    /**
     * Waits for the next piece of any choice.
     *
     * @return null once every choice has ended, or after {@link #cancel}
     * @throws EngineFailure where the engine could not go on; what was generated before has been
     *     returned
     * @throws dev.tandem.runtime.admission.Overloaded where it waited and others needed the room
     */
    public @Nullable Piece next() throws InterruptedException {
        return outbox.take();
    }

    /**
     * Ends it at once for the reader, and its wait; a slot is free after the computation that is
     * under way. Any thread, any number of times.
     */
    public void cancel() {
        cancelled = true;
        outbox.discard();
        Ticket place = ticket;
        if (place != null) {
            place.withdraw();
        }
        wakeLoop.run();
    }

    /** The same as {@link #cancel}; after the end it does nothing. */
    @Override
    public void close() {
        cancel();
    }

    /** Tokens so far; final after the last piece. */
    public Usage usage() {
        return new Usage(request.prompt().length, cachedPromptTokens, completionTokens);
    }

    /**
     * Of each token of the prompt but the first, where {@link
     * GenerationRequest.Builder#scoresPrompt} asked for it; there before the first piece is.
     */
    public List<TokenLogprob> promptLogprobs() {
        return promptLogprobs;
    }

    GenerationRequest request() {
        return request;
    }

    /** Has the loop look at it. */
    void wake() {
        wakeLoop.run();
    }

    void placed(Ticket place) {
        ticket = place;
    }

    /** So many of its slots are free again. */
    void freeSlots(int count) {
        Ticket place = ticket;
        if (place != null) {
            place.free(count);
        }
    }

    Outbox outbox() {
        return outbox;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void tellPrompt(List<TokenLogprob> logprobs) {
        promptLogprobs = List.copyOf(logprobs);
    }

    void countCached(int tokens) {
        cachedPromptTokens = tokens;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the computing thread writes
    void countCompletion() {
        completionTokens++;
    }
}
