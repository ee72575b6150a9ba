package dev.tandem.upstream.openai;

import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Engine;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Sink;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.upstream.ask.Asking;
import dev.tandem.upstream.ask.KeyHeader;
import dev.tandem.upstream.ask.UpstreamErrors;
import dev.tandem.upstream.http.UpstreamClient;
import dev.tandem.upstream.http.UpstreamRequest;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingResponse;
import dev.tandem.v1.ListModelsResponse;
import dev.tandem.v1.Model;
import dev.tandem.v1.TextCompletion;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model on a server that speaks the OpenAI API: OpenAI's own, vLLM, llama.cpp's, LM Studio, TGI
 * and others. Answers are asked for in events, whole ones too, so that a silent server is noticed
 * and a cancelled call stops it.
 */
public final class OpenAiEngine implements Engine {
    private final OpenAiSettings settings;
    private final JsonCodecs codecs = new JsonCodecs(Profile.UPSTREAM);
    private final Requests requests;
    private final UpstreamErrors errors;
    private final Asking asking;
    private volatile boolean closed;

    /**
     * @param client of the address's server; is shared, and not closed here
     * @param clock what dates in {@code retry-after} are compared with
     * @throws IllegalArgumentException where the client is another server's
     */
    public OpenAiEngine(OpenAiSettings settings, UpstreamClient client, InstantSource clock) {
        this.settings = settings;
        requests = new Requests(settings, codecs);
        asking =
                new Asking(
                        settings.address(),
                        KeyHeader.bearer(settings.key()),
                        settings.limits(),
                        client,
                        clock);
        errors = asking.errors();
    }

    @Override
    public Set<Capability> capabilities() {
        return settings.model().capabilities();
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        Set<String> extras = settings.passing().answer();
        answer(
                "/chat/completions",
                requests.of(request),
                new ChatRelay(codecs, envelope, sink, extras, errors),
                call);
    }

    @Override
    public void complete(
            CompletionRequest request,
            TextCompletion envelope,
            Sink<TextCompletion> sink,
            Call call)
            throws InterruptedException {
        Set<String> extras = settings.passing().answer();
        answer(
                "/completions",
                requests.of(request),
                new TextRelay(codecs, envelope, sink, extras, errors),
                call);
    }

    /** Sends JSON; the answer comes in events or whole, as the server likes. */
    private void answer(String operation, byte[] json, Relay relay, Call call)
            throws InterruptedException {
        String accepted = settings.dialect().streams() ? "text/event-stream" : "application/json";
        UpstreamRequest request = asking.post(operation, json).header("accept", accepted);
        try {
            Relay _ =
                    asking.ask(request, call, new AnswerReading(relay, asking, settings.limits()));
        } catch (CancelledException e) {
            relay.leave(); // throws the same, but is counted
            throw e;
        }
    }

    @Override
    public Embeddings embed(EmbeddingRequest request, Call call) throws InterruptedException {
        byte[] answer = asking.whole(asking.post("/embeddings", requests.of(request)), call);
        try {
            EmbeddingResponse vectors =
                    (EmbeddingResponse)
                            codecs.of(EmbeddingResponse.getDefaultInstance()).read(answer);
            errors.throwIfTold(vectors.getExtraMap());
            return Vectors.of(request, vectors, errors);
        } catch (JsonException e) {
            throw errors.broken("what it sent is no answer of this API");
        }
    }

    /** The models that the server has, by its own names. */
    public List<Model> models(Call call) throws InterruptedException {
        byte[] answer = asking.whole(asking.get("/models"), call);
        try {
            ListModelsResponse models =
                    (ListModelsResponse)
                            codecs.of(ListModelsResponse.getDefaultInstance()).read(answer);
            return models.getDataList();
        } catch (JsonException e) {
            throw errors.broken("what it sent is no list of models");
        }
    }

    @Override
    public OptionalInt contextLength() {
        return settings.model().contextLength();
    }

    @Override
    public String kind() {
        return settings.model().kind();
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
    }
}
