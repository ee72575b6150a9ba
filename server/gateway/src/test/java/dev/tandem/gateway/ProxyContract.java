package dev.tandem.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.WireLimit;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Client;
import dev.tandem.testing.Gate;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must come through a proxy as it comes without one. */
abstract class ProxyContract {
    /** How long the proxies of these tests wait for a sign of life, in seconds. */
    static final int PROXY_TIMEOUT = 3;

    @TempDir Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();

    /** Starts the proxy in front of a server; returns its port for the wire. */
    abstract int proxyPort(Wire wire, int serverPort) throws Exception;

    <T extends AutoCloseable> T closing(T resource) {
        open.addFirst(resource);
        return resource;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    Server serve(ScriptedEngine engine) {
        Models models =
                new Models(
                        List.of(new ServedModel("tiny", engine, "own", Instant.EPOCH)), Map.of());
        GatewaySettings settings =
                GatewaySettings.ofLoopback()
                        .with(
                                new Answering(
                                        4 << 20,
                                        Duration.ofSeconds(1),
                                        StreamLimits.defaults(),
                                        Map.of(WireLimit.PING_AFTER, 1L)))
                        .with(Stopping.within(Duration.ofSeconds(20)));
        return closing(new Gateway(settings, models, (call, took) -> {}).start());
    }

    private Client client(Wire wire, ScriptedEngine engine) throws Exception {
        return closing(new Client(proxyPort(wire, serve(engine).port())));
    }

    static OpenCall<? extends Message> stream(Client client, Wire wire) {
        return stream(client, wire, Fixture.request().build());
    }

    static OpenCall<? extends Message> stream(Client client, Wire wire, ChatRequest request) {
        return client.open(wire, ChatServiceGrpc.getStreamMethod(), request, Caller.PLAIN);
    }

    static Reply<? extends Message> whole(Client client, Wire wire, ChatRequest request) {
        return client.call(wire, ChatServiceGrpc.getCompleteMethod(), request);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST"})
    void aWholeAnswerComesThrough(Wire wire) throws Exception {
        Client client = client(wire, new ScriptedEngine(Script.saying("Hel", "lo")));

        assertThat(Fixture.text(whole(client, wire, Fixture.request().build()))).isEqualTo("Hello");
    }

    /** The engine says each word only when the client has read the one before. */
    @ParameterizedTest
    @EnumSource(names = {"GRPC", "SSE", "NDJSON"})
    void eachMessageArrivesWhenItIsSent(Wire wire) throws Exception {
        List<Gate> gates = List.of(new Gate(), new Gate(), new Gate());
        Script script = Script.saying("0");
        for (int i = 0; i < gates.size(); i++) {
            script = script.pause(gates.get(i)).say(String.valueOf(i + 1));
        }
        Client client = client(wire, new ScriptedEngine(script));
        StringBuilder read = new StringBuilder();
        try (OpenCall<? extends Message> call = stream(client, wire)) {
            for (int word = 0; word <= gates.size(); word++) {
                while (read.length() <= word) {
                    read.append(Fixture.text(requireNonNull(call.next())));
                }
                if (word < gates.size()) {
                    gates.get(word).open();
                }
            }
            assertThat(call.rest().failure()).isNull();
        }
        assertThat(read).hasToString("0123");
    }

    @Test
    void aQuietStreamOutlivesTheProxysPatience() throws Exception {
        Gate gate = new Gate();
        int port =
                proxyPort(
                        Wire.SSE,
                        serve(new ScriptedEngine(Script.saying("a").pause(gate).say("b"))).port());
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        """
                                        {"model": "tiny", "stream": true,
                                         "messages": [{"role": "user", "content": "hi"}]}
                                        """))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        http.send(request, BodyHandlers.ofInputStream()).body(),
                                        StandardCharsets.UTF_8))) {
            int pings = 0;
            String last = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(": ping") && ++pings == 2 * PROXY_TIMEOUT) {
                    gate.open();
                }
                last = line.isEmpty() ? last : line;
            }
            assertThat(pings).isGreaterThanOrEqualTo(2 * PROXY_TIMEOUT);
            assertThat(last).isEqualTo("data: [DONE]");
        }
    }

    @Test
    void aQuietGrpcStreamDoesToo() throws Exception {
        Gate gate = new Gate();
        ScriptedEngine engine = new ScriptedEngine(Script.saying("a").pause(gate).say("b"));
        Client client = client(Wire.GRPC, engine);
        try (OpenCall<? extends Message> call = stream(client, Wire.GRPC)) {
            engine.awaitRun().awaitSent(1);
            requireNonNull(call.next());
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2L * PROXY_TIMEOUT);
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            gate.open();
            Reply<? extends Message> rest = call.rest();

            assertThat(rest.failure()).isNull();
            assertThat(Fixture.text(rest)).endsWith("b");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "SSE", "NDJSON"})
    void aClientThatLeavesEndsTheWork(Wire wire) throws Exception {
        ScriptedEngine engine =
                new ScriptedEngine(Script.saying("a").pause(new Gate()).say("never"));
        Client client = client(wire, engine);
        try (OpenCall<? extends Message> call = stream(client, wire)) {
            Run run = engine.awaitRun();
            run.awaitSent(1);
            call.next();
            call.leave();
            run.awaitEnd();

            assertThat(run.cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST"})
    void aLargeRequestComesThroughWhole(Wire wire) throws Exception {
        String text = "x".repeat(900_000);
        ScriptedEngine engine = new ScriptedEngine(Script.saying("ok"));
        Client client = client(wire, engine);

        whole(client, wire, Fixture.request().addMessages(Fixture.user(text)).build());

        assertThat(engine.awaitRun().request().getMessages(1).getContent(0).getText())
                .isEqualTo(text);
    }
}
