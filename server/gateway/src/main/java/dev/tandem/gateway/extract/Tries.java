package dev.tandem.gateway.extract;

import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.gateway.answer.InvalidAnswer;
import dev.tandem.gateway.model.Generation;
import dev.tandem.gateway.service.ChatWatch;
import dev.tandem.gateway.service.Spent;
import dev.tandem.gateway.service.Usages;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.structured.check.Violation;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ExtractMode;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.Role;
import dev.tandem.v1.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One extraction's conversation with a model, answer by answer, and what it took. Used by the
 * call's thread.
 */
final class Tries {
    private static final int USUAL_RETRIES = 2;

    private final Generation generation;
    private final Asked asked;
    private final ChatChunk envelope;
    private final Call call;
    private final Deque<Means> means;
    private final List<ChatMessage> corrections = new ArrayList<>();
    private Usage usage = Usage.getDefaultInstance();
    private boolean counted = true;
    private int count;
    private @Nullable ApiException last;

    /**
     * @param envelope id, time and model
     */
    Tries(Generation generation, Asked asked, ChatChunk envelope, Call call) {
        this.generation = generation;
        this.asked = asked;
        this.envelope = envelope;
        this.call = call;
        means = new ArrayDeque<>(Means.of(asked.request().getMode()));
    }

    /**
     * Has the model answer.
     *
     * @param listener takes the JSON piece by piece
     * @throws ApiException what the engine throws, {@code answer_cut}, {@code answer_refused}
     */
    Answer next(Consumer<String> listener) throws InterruptedException {
        count++;
        while (true) {
            Means now = means.getFirst();
            try {
                Answer answer = ask(now, listener);
                answer.requireEnd(asked.request().hasMaxTokens());
                return answer;
            } catch (ApiException e) {
                if (!now.refusedBy(e.error())) {
                    throw told(e);
                }
                if (means.size() == 1) {
                    throw e.error().about("mode").toException();
                }
                means.removeFirst(); // engines refuse before they send anything
            }
        }
    }

    private Answer ask(Means now, Consumer<String> listener) throws InterruptedException {
        Engine engine = generation.model().engine(Capability.CAPABILITY_CHAT);
        AnswerPieces pieces = new AnswerPieces(now == Means.TOOL, listener, call);
        ChatWatch watch = new ChatWatch(pieces, false);
        watch.tell(generation);
        boolean refused = false;
        try {
            engine.chat(request(now), envelope, watch, call);
            watch.requireEnd();
        } catch (ApiException e) {
            refused = now.refusedBy(e.error());
            throw e;
        } finally {
            Spent spent = watch.spent(generation.modelName(), false);
            usage = Usages.sum(usage, spent.usage());
            counted &= refused || spent.counted();
        }
        return pieces.answer();
    }

    private ChatRequest request(Means now) {
        ExtractRequest request = asked.request();
        ChatRequest.Builder chat =
                ChatRequest.newBuilder()
                        .setModel(generation.model().engineModel())
                        .addAllMessages(Prompt.messages(asked, now))
                        .addAllMessages(corrections)
                        .setTemperature(request.getTemperature());
        if (request.hasMaxTokens()) {
            chat.setMaxTokens(request.getMaxTokens());
        }
        if (request.hasSeed()) {
            chat.setSeed(request.getSeed());
        }
        now.addTo(chat, asked);
        return chat.build();
    }

    /** Where a correction no longer fits into the context, what was wrong before is the reason. */
    private ApiException told(ApiException failure) {
        boolean full =
                failure.error().reason().equals(EngineReasons.CONTEXT_LENGTH_EXCEEDED.name());
        return full && last != null ? last : failure;
    }

    /** May the model be asked once more? */
    boolean mayGoOn() {
        ExtractRequest request = asked.request();
        return count <= (request.hasMaxRetries() ? request.getMaxRetries() : USUAL_RETRIES);
    }

    /**
     * Tells the model what is wrong with its answer.
     *
     * @throws ApiException {@code answer_invalid} where it may not be asked again
     */
    void correct(Answer answer, List<Violation> broken) {
        last = invalid(broken);
        if (!mayGoOn()) {
            throw last;
        }
        goOn(answer, Correction.ofObject(broken));
    }

    /** Goes on with the conversation. */
    void goOn(Answer answer, String correction) {
        corrections.clear(); // the last answer is the one to be corrected
        corrections.add(Prompt.message(Role.ROLE_ASSISTANT, Correction.shown(answer.text())));
        corrections.add(Prompt.message(Role.ROLE_USER, correction));
    }

    static ApiException invalid(List<Violation> broken) {
        return InvalidAnswer.error(InvalidAnswer.violations("value", broken)).toException();
    }

    int count() {
        return count;
    }

    ExtractMode mode() {
        return means.getFirst().mode();
    }

    String id() {
        return envelope.getId();
    }

    String model() {
        return envelope.getModel();
    }

    Usage usage() {
        return usage;
    }

    /** What all tries took. */
    Spent spent(boolean finished) {
        return new Spent(envelope.getModel(), usage, counted, finished);
    }
}
