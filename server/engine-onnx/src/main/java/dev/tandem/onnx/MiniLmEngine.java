package dev.tandem.onnx;

import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.Refusal;
import dev.tandem.engines.Relevance;
import dev.tandem.engines.Tokens;
import dev.tandem.runtime.admission.Callers;
import dev.tandem.runtime.admission.Overloaded;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.v1.Capability;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.TokenizeRequest;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The model all-MiniLM-L6-v2 in this process. It is loaded by the first request that needs it,
 * which takes that request a second longer.
 */
public final class MiniLmEngine implements Engine {
    private static final Set<Capability> CAPABILITIES =
            Set.of(
                    Capability.CAPABILITY_EMBEDDING,
                    Capability.CAPABILITY_RERANK,
                    Capability.CAPABILITY_TOKENIZE);

    private final OnDemand<WordPiece> words = new OnDemand<>(MiniLm::tokenizer);
    private final OnDemand<MiniLm> model;
    private final TextQueue queue;
    private final AtomicBoolean failureLogged = new AtomicBoolean();

    /** Loads nothing yet. */
    public MiniLmEngine(MiniLmOptions options) {
        model =
                new OnDemand<>(() ->
                        MiniLm.load(
                                options.libraryFolder(), options.threadsPerText(), words.get()));
        queue =
                new TextQueue(
                        ids -> model.get().embed(ids), options.threads(), options.queueLimit());
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Embeddings embed(EmbeddingRequest request, Call call) throws InterruptedException {
        if (request.hasDimensions() && request.getDimensions() != MiniLm.DIMENSIONS) {
            throw Refusal.unsupportedValue(
                    "dimensions",
                    "This model's vectors have %d numbers and cannot be shortened; leave dimensions out."
                            .formatted(MiniLm.DIMENSIONS));
        }
        refuse(request.getExtraMap().keySet());
        List<int[]> texts = new Inputs(words.get(), call).of(request);
        return new Embeddings(compute(texts, call), tokens(texts));
    }

    /**
     * The score is the cosine of the angle between the embeddings of query and document, 0 where it
     * is negative. Query and document are read apart, so each may be as long as the context.
     */
    @Override
    public Relevance rerank(RerankRequest request, Call call) throws InterruptedException {
        List<int[]> texts = new Inputs(words.get(), call).of(request);
        List<float[]> vectors = compute(texts, call);
        float[] query = vectors.getFirst();
        List<Double> scores =
                vectors.subList(1, vectors.size()).stream()
                        .map(document -> similarity(query, document))
                        .toList();
        return new Relevance(scores, tokens(texts));
    }

    @Override
    public Tokens tokenize(TokenizeRequest request, Call call) {
        if (request.getMessagesCount() > 0) {
            throw Refusal.unsupportedValue(
                    "messages", "This model has no chat template; send a prompt.");
        }
        WordPiece tokenizer = words.get();
        int[] ids = tokenizer.encode(request.getPrompt(), call::check);
        if (!request.hasAddSpecialTokens() || request.getAddSpecialTokens()) {
            ids = tokenizer.frame(ids);
        }
        List<String> texts =
                request.getReturnTokenStrs()
                        ? Arrays.stream(ids).mapToObj(tokenizer::token).toList()
                        : List.of();
        return new Tokens(Arrays.stream(ids).boxed().toList(), texts);
    }

    @Override
    public String detokenize(DetokenizeRequest request, Call call) {
        WordPiece tokenizer = words.get();
        return tokenizer.decode(
                new Inputs(tokenizer, call).known(request.getTokensList(), "tokens"));
    }

    private List<float[]> compute(List<int[]> texts, Call call) throws InterruptedException {
        try (TextBatch batch = queue.submit(Callers.of(call), texts);
                Call.Registration _ = call.onCancel(batch::close)) {
            return batch.await();
        } catch (Overloaded e) {
            throw e.toException("The model");
        } catch (ExecutionException e) {
            throw failed(e);
        } catch (CancellationException e) {
            call.check();
            throw failed(e); // the engine is closed
        }
    }

    private ApiException failed(Exception failure) {
        if (failureLogged.compareAndSet(false, true)) {
            System.getLogger(MiniLmEngine.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            MiniLm.NAME + " cannot compute embeddings; this is logged once",
                            failure);
        }
        return ApiError.of(
                        EngineReasons.ENGINE_FAILED,
                        "The model could not compute this; the server's log says why.")
                .toException();
    }

    private static void refuse(Set<String> fields) {
        for (String field : fields) {
            throw Refusal.unsupportedValue(
                    field, "This model knows no field `" + field + "`; leave it out.");
        }
    }

    private static int tokens(List<int[]> texts) {
        return texts.stream().mapToInt(text -> text.length).sum();
    }

    private static double similarity(float[] one, float[] other) {
        double product = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * (double) other[i];
        }
        return Math.clamp(product, 0, 1);
    }

    @Override
    public OptionalInt contextLength() {
        return OptionalInt.of(MiniLm.CONTEXT);
    }

    @Override
    public String kind() {
        return "onnx";
    }

    @Override
    public String owner() {
        return "sentence-transformers";
    }

    /** Is the model loaded? Before its first use it is not. */
    @Override
    public boolean ready() {
        return model.peek() != null;
    }

    @Override
    public void close() {
        queue.close();
        MiniLm loaded = model.peek();
        if (loaded != null) {
            loaded.close();
        }
    }
}
