package dev.tandem.llamacpp;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.engines.Engine;
import dev.tandem.engines.TokenLimit;
import dev.tandem.engines.Tokens;
import dev.tandem.llamacpp.loop.EngineFailure;
import dev.tandem.llamacpp.loop.GenerationRequest;
import dev.tandem.llamacpp.loop.LlamaModel;
import dev.tandem.llamacpp.loop.ModelOptions;
import dev.tandem.llamacpp.loop.PromptTooLong;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.llamacpp.template.ChatTemplate;
import dev.tandem.llamacpp.template.PromptRenderer;
import dev.tandem.llamacpp.template.TemplateException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TokenizeRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A GGUF model in this process. */
public final class LlamaEngine implements Engine {
    /** The tokens of a continuation for which nothing is asked, as the API has it. */
    private static final int DEFAULT_COMPLETION_TOKENS = 16;

    private final LlamaModel model;
    private final TemplateTraits traits;
    private final ChatPrompts prompts;
    private final AnswerForms forms;
    private final Generations generations;
    private final String fingerprint;
    private volatile boolean closed;

    private LlamaEngine(LlamaModel model, @Nullable PromptRenderer renderer) {
        this.model = model;
        String template = model.chatTemplate();
        this.traits = TemplateTraits.of(template == null ? "" : template);
        this.prompts = new ChatPrompts(model, renderer, traits);
        this.forms = new AnswerForms(traits.calls());
        this.generations = new Generations(model);
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

    /** Chat only where the file has a chat template. */
    @Override
    public Set<Capability> capabilities() {
        EnumSet<Capability> capabilities =
                EnumSet.of(Capability.CAPABILITY_COMPLETION, Capability.CAPABILITY_TOKENIZE);
        if (prompts.exist()) {
            capabilities.add(Capability.CAPABILITY_CHAT);
        }
        return capabilities;
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        Refusals.check(request, model.memory().slots());
        Extras extras = Extras.of(request.getExtraMap(), Extras.OF_CHAT);
        ToolUse tools = ToolUse.of(request);
        WantedJson wanted = WantedJson.of(request.getResponseFormat());
        forms.of(wanted, tools, null); // refused before the prompt is made
        var question =
                new ChatPrompts.Question(
                        request.getMessagesList(), true, extras.templateArguments(), tools, wanted);
        ChatChunk stamped = envelope.toBuilder().setSystemFingerprint(fingerprint).build();
        generations.run(
                () -> {
                    ChatPrompts.Prompt prompt = prompts.of(question, true);
                    return GenerationRequest.of(prompt.tokens())
                            .form(forms.of(wanted, tools, prompt.thinking()))
                            .sampling(Samplings.of(request, extras))
                            .maxTokens(TokenLimit.of(request).orElse(0))
                            .stops(request.getStopList())
                            .choices(request.hasN() ? request.getN() : 1)
                            .topLogprobs(request.getLogprobs() ? request.getTopLogprobs() : -1);
                },
                PromptField.MESSAGES,
                new PieceWriter(
                        new ChunkWriter(stamped, sink),
                        model.vocabulary(),
                        traits.calls(),
                        tools.older()),
                call);
    }

    @Override
    public void complete(
            CompletionRequest request,
            TextCompletion envelope,
            Sink<TextCompletion> sink,
            Call call)
            throws InterruptedException {
        Refusals.check(request, model.memory().slots());
        Extras extras = Extras.of(request.getExtraMap(), Extras.OF_COMPLETION);
        TextPrompt prompt = prompt(request);
        TextCompletion stamped = envelope.toBuilder().setSystemFingerprint(fingerprint).build();
        generations.run(
                () ->
                        GenerationRequest.of(prompt.tokens())
                                .sampling(Samplings.of(request, extras))
                                .maxTokens(completionTokens(request))
                                .stops(request.getStopList())
                                .choices(request.hasN() ? request.getN() : 1)
                                .topLogprobs(request.hasLogprobs() ? request.getLogprobs() : -1)
                                .scoresPrompt(request.getEcho() && request.hasLogprobs()),
                PromptField.PROMPT,
                new CompletionWriter(request, prompt, stamped, sink, model.vocabulary()),
                call);
    }

    private TextPrompt prompt(CompletionRequest request) throws InterruptedException {
        try {
            return TextPrompt.of(request.getPrompt(0), model);
        } catch (PromptTooLong e) {
            throw PromptField.PROMPT.tooLong(e);
        } catch (EngineFailure e) {
            throw Generations.failed(e);
        }
    }

    private static int completionTokens(CompletionRequest request) {
        int wanted = request.hasMaxTokens() ? request.getMaxTokens() : DEFAULT_COMPLETION_TOKENS;
        return Math.max(1, wanted);
    }

    @Override
    public Tokens tokenize(TokenizeRequest request, Call call) throws InterruptedException {
        Refusals.checkMessages(request.getMessagesList());
        PromptField field = request.hasPrompt() ? PromptField.PROMPT : PromptField.MESSAGES;
        try {
            List<Integer> ids = Arrays.stream(split(request)).boxed().toList();
            return new Tokens(
                    ids,
                    request.getReturnTokenStrs()
                            ? ids.stream().map(id -> TokenTexts.of(id, model.vocabulary())).toList()
                            : List.of());
        } catch (PromptTooLong e) {
            throw field.tooLongToSplit(e);
        } catch (EngineFailure e) {
            throw Generations.failed(e);
        }
    }

    private int[] split(TokenizeRequest request) throws InterruptedException {
        boolean addSpecial = !request.hasAddSpecialTokens() || request.getAddSpecialTokens();
        if (request.hasPrompt()) {
            return model.tokenize(request.getPrompt(), false, addSpecial);
        }
        boolean open = !request.hasAddGenerationPrompt() || request.getAddGenerationPrompt();
        var question =
                new ChatPrompts.Question(
                        request.getMessagesList(), open, Map.of(), ToolUse.NONE, null);
        return prompts.of(question, addSpecial).tokens();
    }

    @Override
    public String detokenize(DetokenizeRequest request, Call call) {
        return TokenTexts.join(request.getTokensList(), model.vocabulary(), "tokens");
    }

    @Override
    public OptionalInt contextLength() {
        return OptionalInt.of(model.info().contextPerSlot());
    }

    @Override
    public String kind() {
        return "llama.cpp";
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
