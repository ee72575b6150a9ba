package dev.tandem.gateway.faults;

import com.google.protobuf.Message;
import dev.tandem.gateway.Gateway;
import dev.tandem.gateway.GatewaySettings;
import dev.tandem.gateway.faults.Fault.Where;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Gate;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import dev.tandem.testtools.Certified;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.http.HttpSettings;
import dev.tandem.upstream.http.Origin;
import dev.tandem.upstream.http.UpstreamClient;
import dev.tandem.upstream.openai.OpenAiEngine;
import dev.tandem.upstream.openai.OpenAiSettings;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** The gateway as it is, before an upstream with a fault. */
final class FaultyGateway implements AutoCloseable {
    private static final String MODEL = "tiny";

    private final Gate seen = new Gate();
    private final RawServer upstream;
    private final UpstreamClient http;
    private final OpenAiEngine engine;
    private final TestServer server;

    /**
     * @param folder for a certificate, where the fault needs one
     */
    FaultyGateway(Fault fault, Path folder) throws GeneralSecurityException, IOException {
        RawServer.Talk talk = peer -> fault.talk().with(peer, seen);
        upstream =
                fault.where() == Where.UNTRUSTED
                        ? RawServer.start(Certified.in(folder).listen(), talk)
                        : RawServer.start(talk);
        if (fault.where() == Where.NOWHERE) {
            upstream.close();
        }
        String scheme = fault.where() == Where.UNTRUSTED ? "https" : "http";
        URI address = URI.create(scheme + "://localhost:" + upstream.port() + "/v1");
        http =
                new UpstreamClient(
                        Origin.of(address), HttpSettings.DEFAULT, SSLContext.getDefault());
        engine =
                new OpenAiEngine(
                        fault.limits().apply(OpenAiSettings.of(address)),
                        http,
                        InstantSource.system());
        Models models =
                new Models(List.of(new ServedModel(MODEL, engine, "own", Instant.EPOCH)), Map.of());
        server =
                TestServer.of(
                        new Gateway(GatewaySettings.ofLoopback(), models, (call, spent) -> {})
                                .start());
    }

    /** Asks and reads the whole answer; streams see their first piece before the fault. */
    Reply<? extends Message> call(Fault fault, Wire wire, boolean streams) {
        ChatRequest request =
                ChatRequest.newBuilder()
                        .setModel(MODEL)
                        .addMessages(
                                ChatMessage.newBuilder()
                                        .setRole(Role.ROLE_USER)
                                        .addContent(ContentPart.newBuilder().setText("hi")))
                        .build();
        try (OpenCall<? extends Message> call =
                streams
                        ? server.client()
                                .open(
                                        wire,
                                        ChatServiceGrpc.getStreamMethod(),
                                        request,
                                        Caller.PLAIN)
                        : server.client()
                                .open(
                                        wire,
                                        ChatServiceGrpc.getCompleteMethod(),
                                        request,
                                        Caller.PLAIN)) {
            if (streams && fault.begun()) {
                Message _ = call.next();
            }
            seen.open();
            return call.rest();
        }
    }

    /** How many connections the upstream has had. */
    int connections() {
        return upstream.peers().size();
    }

    @Override
    public void close() {
        seen.open();
        server.close();
        engine.close();
        http.close();
        upstream.close();
    }
}
