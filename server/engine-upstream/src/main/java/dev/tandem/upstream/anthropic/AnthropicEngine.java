package dev.tandem.upstream.anthropic;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.engines.Engine;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Sink;
import dev.tandem.upstream.anthropic.MessageRequests.Prepared;
import dev.tandem.upstream.ask.Asking;
import dev.tandem.upstream.ask.KeyHeader;
import dev.tandem.upstream.http.UpstreamClient;
import dev.tandem.upstream.http.UpstreamRequest;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model on a server that speaks Anthropic's Messages API. Answers are always asked for in events,
 * so that a silent server is noticed and a cancelled call stops it.
 */
public final class AnthropicEngine implements Engine {
    private final AnthropicSettings settings;
    private final MessageRequests requests;
    private final Asking asking;
    private volatile boolean closed;

    /**
     * @param client of the address's server; is shared, and not closed here
     * @param clock what dates in {@code retry-after} are compared with
     * @throws IllegalArgumentException where the client is another server's
     */
    public AnthropicEngine(AnthropicSettings settings, UpstreamClient client, InstantSource clock) {
        this.settings = settings;
        requests = new MessageRequests(settings);
        asking =
                new Asking(
                        settings.address(),
                        new KeyHeader("x-api-key", "", settings.key()),
                        settings.limits(),
                        client,
                        clock);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CAPABILITY_CHAT);
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        Prepared prepared = requests.of(request);
        AnswerRelay relay =
                new AnswerRelay(
                        new ChunkWriter(envelope, sink),
                        settings.passing().answer(),
                        prepared.answersByTool(),
                        asking.errors());
        try {
            AnswerRelay _ =
                    asking.ask(
                            post(prepared),
                            call,
                            new EventReading(relay, asking, settings.limits()));
        } catch (CancelledException e) {
            relay.leave(); // throws the same, but is counted
            throw e;
        }
    }

    private UpstreamRequest post(Prepared prepared) {
        UpstreamRequest request =
                asking.post("/messages", prepared.json())
                        .header("accept", "text/event-stream")
                        .header("anthropic-version", settings.dialect().version());
        return settings.dialect().betas().isEmpty()
                ? request
                : request.header("anthropic-beta", String.join(",", settings.dialect().betas()));
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
