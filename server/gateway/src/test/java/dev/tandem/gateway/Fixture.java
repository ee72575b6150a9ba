package dev.tandem.gateway;

import com.google.protobuf.Message;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.gateway.service.Spent;
import dev.tandem.runtime.limits.LimitStore;
import dev.tandem.runtime.limits.MemoryStore;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.testing.Caller;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.TestServer;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/** A gateway with one scripted model, {@code tiny}, and a client. Its answers have fixed ids. */
final class Fixture implements AutoCloseable {
    static final Instant NOW = Instant.ofEpochSecond(1_750_000_000);

    /** So that what the OpenAPI document shows can be sent as it is. */
    private static final Map<String, String> NAMES_IN_EXAMPLES = Map.of("all-MiniLM-L6-v2", "tiny");

    final ScriptedEngine engine;
    final Gateway gateway;
    final TestServer server;
    final BlockingQueue<Spent> spent = new LinkedBlockingQueue<>();

    Fixture(Script script) {
        this(script, Duration.ofSeconds(10));
    }

    /**
     * @param drain how long the server waits for running calls when it stops
     */
    Fixture(Script script, Duration drain) {
        this(script, settings(drain, Duration.ofSeconds(10), StreamLimits.defaults()));
    }

    /**
     * @param limits how long answers may take
     */
    Fixture(Script script, StreamLimits limits) {
        this(script, settings(Duration.ofSeconds(10), Duration.ofSeconds(10), limits));
    }

    Fixture(Script script, GatewaySettings settings) {
        this(new ScriptedEngine(script), settings);
    }

    /**
     * @param store stays the caller's
     */
    Fixture(Script script, GatewaySettings settings, LimitStore store) {
        this(new ScriptedEngine(script), settings, store);
    }

    Fixture(ScriptedEngine scripted, GatewaySettings settings) {
        this(scripted, settings, new MemoryStore());
    }

    private Fixture(ScriptedEngine scripted, GatewaySettings settings, LimitStore store) {
        engine = scripted;
        Models models =
                new Models(List.of(new ServedModel("tiny", engine, "own", NOW)), NAMES_IN_EXAMPLES);
        gateway =
                new Gateway(
                        settings,
                        models,
                        (call, took) -> spent.add(took),
                        store,
                        InstantSource.fixed(NOW),
                        kind -> kind + "-1");
        server = TestServer.of(gateway.start());
    }

    static GatewaySettings settings(Duration drain, Duration heartbeat, StreamLimits limits) {
        return GatewaySettings.ofLoopback()
                .with(new Answering(1 << 20, heartbeat, limits, Map.of()))
                .with(Stopping.within(drain));
    }

    static ChatRequest.Builder request() {
        return ChatRequest.newBuilder().setModel("tiny").addMessages(user("hi"));
    }

    static ChatMessage.Builder user(String text) {
        return ChatMessage.newBuilder()
                .setRole(Role.ROLE_USER)
                .addContent(ContentPart.newBuilder().setText(text));
    }

    Reply<? extends Message> call(Way way) {
        return call(way, request().build(), Caller.PLAIN);
    }

    Reply<? extends Message> call(Way way, ChatRequest request, Caller caller) {
        try (OpenCall<? extends Message> call = open(way, request, caller)) {
            return call.rest();
        }
    }

    OpenCall<? extends Message> open(Way way) {
        return open(way, request().build(), Caller.PLAIN);
    }

    OpenCall<? extends Message> open(Way way, ChatRequest request, Caller caller) {
        return way.streams()
                ? server.client()
                        .open(way.wire(), ChatServiceGrpc.getStreamMethod(), request, caller)
                : server.client()
                        .open(way.wire(), ChatServiceGrpc.getCompleteMethod(), request, caller);
    }

    /** What the first choice says, whole or in pieces. */
    static String text(Reply<? extends Message> reply) {
        return reply.messages().stream().map(Fixture::text).collect(Collectors.joining());
    }

    static String text(Message message) {
        if (message instanceof ChatCompletion whole) {
            return whole.getChoices(0).getMessage().getContent();
        }
        return ((ChatChunk) message)
                .getChoicesList().stream()
                        .map(choice -> choice.getDelta().getContent())
                        .collect(Collectors.joining());
    }

    @Override
    public void close() {
        server.close();
        engine.close();
    }
}
