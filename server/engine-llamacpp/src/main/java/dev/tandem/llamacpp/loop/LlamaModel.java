package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.gguf.BadModelFile;
import dev.tandem.llamacpp.gguf.ModelFacts;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.runtime.admission.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A loaded model. Any thread, a virtual one too, may call any method; what is native happens on
 * threads of its own. Close it, or its memory stays taken; requests are to be ended before, those
 * that still run fail.
 */
public final class LlamaModel implements AutoCloseable {
    private final ModelFacts facts;
    private final MemoryPlan memory;
    private final WaitingLine line;
    private final LoopThread loop;
    private final LoopThread.Loaded loaded;

    private LlamaModel(
            ModelFacts facts,
            MemoryPlan memory,
            WaitingLine line,
            LoopThread loop,
            LoopThread.Loaded loaded) {
        this.facts = facts;
        this.memory = memory;
        this.line = line;
        this.loop = loop;
        this.loaded = loaded;
    }

    /**
     * Checks the file, plans the memory and loads. Takes seconds for a large model and cannot be
     * interrupted.
     *
     * @throws BadModelFile where the file is damaged or holds no model that can be run
     * @throws BudgetExceeded where it would take more memory than it may
     * @throws IllegalArgumentException where the options do not fit the model
     * @throws EngineFailure where llama.cpp does not get what it needs
     */
    public static LlamaModel load(LlamaLibrary library, Path gguf, ModelOptions options) {
        ModelFacts facts = ModelFacts.read(gguf);
        MemoryPlan plan = MemoryPlan.of(facts, options);
        var line = new WaitingLine(options.capacity());
        var loop = new LoopThread(library, gguf, options, plan, line);
        try {
            return new LlamaModel(facts, plan, line, loop, loop.start().join());
        } catch (CompletionException e) {
            loop.close();
            if (e.getCause() instanceof BadModelFile bad) {
                throw bad;
            }
            throw new EngineFailure("the model was not loaded: " + e.getCause(), e.getCause());
        }
    }

    /**
     * Begins a generation.
     *
     * @throws IllegalArgumentException where the request does not fit this model (token ids, number
     *     of choices)
     * @throws PromptTooLong where the context is too small for it
     * @throws dev.tandem.runtime.admission.Overloaded where it would have to wait and too many wait
     *     already
     * @throws EngineFailure where the model is closed
     */
    public Generation submit(GenerationRequest request) {
        return submit(request, null, Waiting.UNSEEN);
    }

    /**
     * Begins a generation for somebody who would not wait any longer for its slots than this, null
     * for any time; throws as {@link #submit(GenerationRequest)}.
     *
     * @param waiting sees the wait
     */
    public Generation submit(
            GenerationRequest request, @Nullable Duration patience, Waiting waiting) {
        check(request);
        var generation = new Generation(request, loop::wake);
        line.join(generation, patience, waiting);
        loop.wake();
        return generation;
    }

    private void check(GenerationRequest request) {
        int prompt = request.prompt().length;
        int wanted = Math.max(1, request.maxTokens());
        if (prompt > loaded.context() - wanted) {
            throw new PromptTooLong(prompt, false, wanted, loaded.context());
        }
        if (request.choices() > memory.slots()) {
            throw new IllegalArgumentException(
                    "n must be at most " + memory.slots() + ", the slots of this model");
        }
        for (int token : request.prompt()) {
            requireKnown(token, "the prompt");
        }
        request.sampling().logitBias().keySet().forEach(t -> requireKnown(t, "logit_bias"));
    }

    private void requireKnown(int token, String where) {
        if (token < 0 || token >= loaded.vocabulary().size()) {
            throw new IllegalArgumentException(
                    where
                            + " has token "
                            + token
                            + ", which is not in the vocabulary of "
                            + loaded.vocabulary().size());
        }
    }

    /**
     * Splits a text into tokens.
     *
     * @param parseSpecial read the names of control tokens as those tokens; never for text that a
     *     user typed
     * @param addSpecial put the beginning token in front where the model wants it; not where the
     *     text begins with it
     * @throws PromptTooLong where the text has more bytes than a full context of the longest tokens
     */
    public int[] tokenize(String text, boolean parseSpecial, boolean addSpecial)
            throws InterruptedException {
        long most = (long) loaded.context() * loaded.vocabulary().longest();
        if (text.length() > most) {
            int atLeast = Math.ceilDiv(text.length(), loaded.vocabulary().longest());
            throw new PromptTooLong(atLeast, true, 1, loaded.context());
        }
        return loaded.tokenizer().tokenize(text, parseSpecial, addSpecial);
    }

    /** The model's own chat template (Jinja), null where its file has none. */
    public @Nullable String chatTemplate() {
        return facts.chatTemplate();
    }

    /** Its tokens. */
    public Vocabulary vocabulary() {
        return loaded.vocabulary();
    }

    /** The text of the token that begins a text, empty where there is none. */
    public String bosToken() {
        return loaded.vocabulary().bosToken();
    }

    /** The text of the token that ends a text, empty where there is none. */
    public String eosToken() {
        return loaded.vocabulary().eosToken();
    }

    /** Does it still compute? Not after it was closed or the library failed for good. */
    public boolean running() {
        return loop.running();
    }

    /** What it takes. */
    public MemoryPlan memory() {
        return memory;
    }

    /** What it is. */
    public ModelInfo info() {
        return ModelInfo.of(facts, memory);
    }

    /** Fails what still runs, waits for the threads and frees the memory. */
    @Override
    public void close() {
        loop.close();
    }
}
