package dev.tandem.bedrock;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.engines.Engine;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Models on Amazon Bedrock, through its Converse API and AWS's SDK. Answers are asked for in
 * events, whole ones too, unless the settings say otherwise; the SDK tries nothing again by itself.
 */
public final class BedrockEngine implements Engine {
    private final BedrockSettings settings;
    private final Requests requests;
    private final Client client;
    private final Asking asking;
    private volatile boolean closed;

    /**
     * Connects to nothing yet.
     *
     * @throws IllegalArgumentException where neither the settings nor the machine name a region
     */
    public BedrockEngine(BedrockSettings settings) {
        this.settings = settings;
        requests = new Requests(settings);
        client = new Client(settings);
        asking =
                new Asking(
                        client.sdk(),
                        settings.limits(),
                        BedrockErrors.hiding(settings.access().credentials()));
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CAPABILITY_CHAT);
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        Requests.Asked asked = requests.of(request);
        Answer answer =
                new Answer(
                        new ChunkWriter(envelope, sink),
                        settings.passing().answer(),
                        asked.answerTool());
        try {
            if (settings.dialect().streams()) {
                asking.inEvents(asked.request(), answer, call);
            } else {
                asking.whole(asked.whole(), answer, call);
            }
        } catch (CancelledException e) {
            answer.leave(); // throws the same, but is counted
            throw e;
        }
    }

    @Override
    public OptionalInt contextLength() {
        return settings.model().contextLength();
    }

    /** The provider's name in OpenTelemetry's conventions. */
    @Override
    public String kind() {
        return "aws.bedrock";
    }

    @Override
    public String owner() {
        return settings.model().owner();
    }

    /** Until it is closed: whether Bedrock answers is seen by asking it. */
    @Override
    public boolean ready() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        asking.close();
        client.close();
    }
}
