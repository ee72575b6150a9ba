package dev.tandem.gateway;

import com.google.protobuf.Message;
import dev.tandem.engines.ModelHost;
import dev.tandem.gateway.admin.OperatedEngine;
import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.testing.Caller;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.v1.AdminServiceGrpc;
import dev.tandem.v1.EngineState;
import dev.tandem.v1.EngineStatistics;
import dev.tandem.v1.PullModelRequest;
import dev.tandem.v1.PullProgress;
import io.grpc.MethodDescriptor;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A gateway with keys, an operator, and engines {@code plain} and {@code keeper}. */
final class Operated implements AutoCloseable {
    static final EngineStatistics STATISTICS =
            EngineStatistics.newBuilder()
                    .setRunning(1)
                    .setRequests(12)
                    .putFailures("upstream_timeout", 2)
                    .setMeanFirstTokenSeconds(0.25)
                    .setSince(3)
                    .build();

    private final Caller operator;
    private final Caller user;
    private final Fixture gateway;

    /**
     * @param keeper of the models of the engine {@code keeper}
     */
    Operated(ModelHost keeper) {
        SecureRandom random = new SecureRandom();
        Secret admin = ApiKey.create(random);
        Secret usual = ApiKey.create(random);
        operator = Caller.PLAIN.header("authorization", "Bearer " + admin.reveal());
        user = Caller.PLAIN.header("authorization", "Bearer " + usual.reveal());
        AuthSettings auth =
                new AuthSettings(
                        false,
                        List.of(
                                entry("operator", admin, Set.of("admin")),
                                entry("user", usual, Set.of("inference", "models.read"))),
                        Optional.empty(),
                        Optional.empty(),
                        CorsSettings.NONE);
        gateway = new Fixture(Script.saying("a"), GatewaySettings.ofLoopback().with(auth));
        gateway.gateway.take(() ->
                List.of(
                        OperatedEngine.of(
                                "plain",
                                gateway.engine,
                                EngineState.ENGINE_STATE_READY,
                                STATISTICS),
                        new OperatedEngine(
                                "keeper",
                                gateway.engine,
                                Optional.of(keeper),
                                EngineState.ENGINE_STATE_CIRCUIT_OPEN,
                                EngineStatistics.getDefaultInstance())));
    }

    private static KeyEntry entry(String name, Secret key, Set<String> scopes) {
        return new KeyEntry(name, KeyHash.of(key), scopes, Map.of(), Instant.EPOCH, null, null);
    }

    Fixture fixture() {
        return gateway;
    }

    Caller operator() {
        return operator;
    }

    Caller user() {
        return user;
    }

    <Q extends Message, R extends Message> Reply<R> call(
            Wire wire, MethodDescriptor<Q, R> method, Q request) {
        return call(wire, method, request, operator);
    }

    <Q extends Message, R extends Message> Reply<R> call(
            Wire wire, MethodDescriptor<Q, R> method, Q request, Caller caller) {
        return gateway.server.client().call(wire, method, request, caller);
    }

    OpenCall<PullProgress> pulling(Wire wire, PullModelRequest request) {
        return gateway.server
                .client()
                .open(wire, AdminServiceGrpc.getPullModelMethod(), request, operator);
    }

    static PullModelRequest.Builder pull(String model) {
        return PullModelRequest.newBuilder().setEngine("keeper").setModel(model);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
