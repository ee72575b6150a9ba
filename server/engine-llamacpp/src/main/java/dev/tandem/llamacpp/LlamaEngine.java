package dev.tandem.llamacpp;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.TokenLimit;
import dev.tandem.llamacpp.loop.EngineFailure;
import dev.tandem.llamacpp.loop.Generation;
import dev.tandem.llamacpp.loop.GenerationRequest;
import dev.tandem.llamacpp.loop.LlamaModel;
import dev.tandem.llamacpp.loop.ModelOptions;
import dev.tandem.llamacpp.loop.Piece;
import dev.tandem.llamacpp.loop.PromptTooLong;
import dev.tandem.llamacpp.loop.QueueFull;
import dev.tandem.llamacpp.loop.Sampling;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.llamacpp.template.ChatTemplate;
import dev.tandem.llamacpp.template.PromptPart;
import dev.tandem.llamacpp.template.PromptRenderer;
import dev.tandem.llamacpp.template.TemplateException;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A GGUF model in this process. */
public final class LlamaEngine implements Engine {
    private static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(1);

    private final LlamaModel model;
    private final @Nullable PromptRenderer renderer;
    private final PromptTokens tokens;
    private final String fingerprint;
    private volatile boolean closed;

    private LlamaEngine(LlamaModel model, @Nullable PromptRenderer renderer) {
        this.model = model;
        this.renderer = renderer;
        this.tokens = new PromptTokens(model);
        this.fingerprint = "llamacpp-" + LlamaLibrary.VERSION;
    }

    /**
     * Loads a model; takes a moment.
     *
     * @param clock what templates that print the date go by
     * @throws dev.tandem.llamacpp.gguf.BadModelFile where the file cannot be used
     * @throws dev.tandem.llamacpp.loop.BudgetExceeded where it needs more memory than it may have
     * @throws TemplateException where its chat template cannot be understood
     */
    public static LlamaEngine load(
            LlamaLibrary library, Path gguf, ModelOptions options, Clock clock) {
        LlamaModel model = LlamaModel.load(library, gguf, options);
        try {
            return new LlamaEngine(model, renderer(model, clock));
        } catch (TemplateException e) {
            model.close();
            throw e;
        }
    }

    private static @Nullable PromptRenderer renderer(LlamaModel model, Clock clock) {
        String template = model.chatTemplate();
        return template == null
                ? null
                : new PromptRenderer(
                        ChatTemplate.parse(template), model.bosToken(), model.eosToken(), clock);
    }

    /** The loaded model. */
    public LlamaModel model() {
        return model;
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        Refusals.check(request, model.memory().slots());
        Extras extras = Extras.of(request);
        try (Generation generation = submit(request, extras, call);
                Call.Registration _ = call.onCancel(generation::cancel)) {
            ChatChunk stamped = envelope.toBuilder().setSystemFingerprint(fingerprint).build();
            PieceWriter writer =
                    new PieceWriter(new ChunkWriter(stamped, sink), model.vocabulary());
            for (Piece piece = generation.next(); piece != null; piece = generation.next()) {
                writer.send(piece);
            }
            writer.send(
                    generation.usage()); // of a cancelled call too: it throws, but it is counted
            call.check();
        } catch (EngineFailure e) {
            throw failed(e);
        }
    }

    private Generation submit(ChatRequest request, Extras extras, Call call)
            throws InterruptedException {
        List<PromptPart> prompt = render(request, extras);
        try {
            return model.submit(
                    GenerationRequest.of(tokens.of(prompt))
                            .sampling(sampling(request, extras))
                            .maxTokens(TokenLimit.of(request).orElse(0))
                            .stops(request.getStopList())
                            .choices(request.hasN() ? request.getN() : 1)
                            .topLogprobs(request.getLogprobs() ? request.getTopLogprobs() : -1)
                            .cacheSalt(caller(call))
                            .build());
        } catch (PromptTooLong e) {
            throw ApiError.ofParam(EngineReasons.CONTEXT_LENGTH_EXCEEDED, "messages", tooLong(e))
                    .toException();
        } catch (QueueFull e) {
            throw ApiError.of(
                            Reasons.OVERLOADED,
                            "The model is busy and "
                                    + e.waiting()
                                    + " requests wait already; try again later.")
                    .retryAfter(RETRY_WHEN_FULL)
                    .toException();
        } catch (IllegalArgumentException e) {
            throw Refusals.unsupported(
                    "logit_bias", "The model cannot do this: " + e.getMessage() + ".");
        }
    }

    private List<PromptPart> render(ChatRequest request, Extras extras) {
        if (renderer == null) {
            throw Refusals.unsupported(
                    "model", "The model's file has no chat template, so it cannot chat.");
        }
        try {
            return renderer.render(Conversation.of(request, extras.templateArguments()));
        } catch (TemplateException e) {
            throw Refusals.unsupported(
                    "messages",
                    "The model's chat template refuses this conversation: " + e.getMessage());
        }
    }

    private static Sampling sampling(ChatRequest request, Extras extras) {
        Map<Integer, Double> bias = new HashMap<>();
        request.getLogitBiasMap()
                .forEach((token, value) -> bias.put(Integer.valueOf(token), value));
        return new Sampling(
                request.hasTemperature() ? request.getTemperature() : 1,
                request.hasTopP() ? request.getTopP() : 1,
                extras.topK() == null ? 0 : extras.topK(),
                extras.minP() == null ? 0 : extras.minP(),
                request.getPresencePenalty(),
                request.getFrequencyPenalty(),
                bias,
                request.hasSeed() ? request.getSeed() : null);
    }

    /**
     * Prompts are cached for one caller only; without credentials, callers are told apart by where
     * they call from.
     */
    private static String caller(Call call) {
        return call.head().peer() instanceof InetSocketAddress address
                ? String.valueOf(address.getAddress())
                : "local";
    }

    private static String tooLong(PromptTooLong e) {
        return "This model's context is "
                + e.context()
                + " tokens, but the messages have "
                + (e.atLeast() ? "at least " : "")
                + e.promptTokens()
                + " and "
                + e.maxTokens()
                + " more were asked for; shorten the messages or lower max_completion_tokens.";
    }

    private static ApiException failed(EngineFailure failure) {
        System.getLogger(LlamaEngine.class.getName())
                .log(System.Logger.Level.ERROR, "the model could not go on", failure);
        return ApiError.of(
                        EngineReasons.ENGINE_FAILED,
                        "The model could not go on; send the request again.")
                .toException();
    }

    @Override
    public OptionalInt contextLength() {
        return OptionalInt.of(model.info().contextPerSlot());
    }

    @Override
    public String owner() {
        return "llama.cpp";
    }

    @Override
    public boolean ready() {
        return !closed && model.running();
    }

    @Override
    public void close() {
        closed = true;
        model.close();
    }
}
