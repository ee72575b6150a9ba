package dev.tandem.upstream.ollama;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Engine;
import dev.tandem.engines.ModelHost;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.upstream.ask.Asking;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.KeyHeader;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.ask.Passage;
import dev.tandem.upstream.http.UpstreamClient;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.EmbeddingRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model on a server that speaks Ollama's own API. Answers are always asked for line by line, so
 * that a silent server is noticed and a cancelled call stops it.
 */
public final class OllamaEngine implements Engine {
    /** The news of a long pull. */
    private static final long LARGEST_PULL = 1L << 30;

    private final OllamaSettings settings;
    private final ChatRequests requests;
    private final Passage passage;
    private final Asking asking;
    private final Asking pulling;
    private final ModelFacts facts;
    private volatile boolean closed;

    /**
     * @param client of the address's server; is shared, and not closed here
     * @param clock what dates in {@code retry-after} are compared with
     * @throws IllegalArgumentException where the client is another server's
     */
    public OllamaEngine(OllamaSettings settings, UpstreamClient client, InstantSource clock) {
        this.settings = settings;
        requests = new ChatRequests(settings);
        passage = new Passage(settings.passing());
        asking = asking(settings, settings.limits(), client, clock);
        Duration patience = settings.dialect().pull();
        pulling =
                asking(
                        settings,
                        new Limits(patience, patience, LARGEST_PULL, settings.limits().events()),
                        client,
                        clock);
        facts = new ModelFacts(settings.model(), asking, clock);
    }

    private static Asking asking(
            OllamaSettings settings, Limits limits, UpstreamClient client, InstantSource clock) {
        return new Asking(
                settings.address(), KeyHeader.bearer(settings.key()), limits, client, clock);
    }

    /** What the configuration says, else what the server has told; both until it has. */
    @Override
    public Set<Capability> capabilities() {
        return facts.capabilities();
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        byte[] json = requests.of(request);
        facts.learn(call);
        AnswerRelay relay =
                new AnswerRelay(
                        new ChunkWriter(envelope, sink),
                        settings.passing().answer(),
                        "call_" + envelope.getId() + "_");
        Limits limits = settings.limits();
        boolean _ =
                asking.ask(
                        asking.post("/api/chat", json).header("accept", "application/x-ndjson"),
                        call,
                        new LineReading(relay, asking, limits.gap(), limits.events().line()));
    }

    @Override
    public Embeddings embed(EmbeddingRequest request, Call call) throws InterruptedException {
        passage.checkRequest(request.getExtraMap());
        JsonObject body = Embedding.request(request);
        new Options(settings).into(body, new JsonObject());
        facts.learn(call);
        byte[] answer = asking.whole(asking.post("/api/embed", body.bytes()), call);
        return Embedding.read(answer, request.getInputCount(), asking.errors());
    }

    @Override
    public Optional<ModelHost> host() {
        return settings.dialect().managed()
                ? Optional.of(new OllamaHost(settings, asking, pulling))
                : Optional.empty();
    }

    @Override
    public OptionalInt contextLength() {
        return facts.contextLength();
    }

    @Override
    public String kind() {
        return "ollama";
    }

    @Override
    public String owner() {
        return settings.model().owner();
    }

    /** Until it is closed: whether the server answers is seen by asking it. */
    @Override
    public boolean ready() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        asking.close();
        pulling.close();
    }
}
