package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.tandem.runtime.AccessWire.Target;
import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.observe.Observability;
import dev.tandem.runtime.observe.ObserveSettings;
import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.test.v1.GuardServiceGrpc;
import dev.tandem.test.v1.Note;
import dev.tandem.test.v1.OpenHouseServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is called × what is shown × by which wire: allowed, 401, 403, and their twins on gRPC. */
class AccessTableTest {
    private static final byte[] NOTHING = {};

    private static final Target VISIT =
            new Target(OpenHouseServiceGrpc.getVisitMethod(), "POST", "/v1/visits");
    private static final Target READ =
            new Target(GuardServiceGrpc.getReadMethod(), "GET", "/v1/notes/a/b");
    private static final Target WRITE =
            new Target(GuardServiceGrpc.getWriteMethod(), "POST", "/v1/notes");
    private static final Target RESET =
            new Target(GuardServiceGrpc.getResetMethod(), "POST", "/v1/notes:reset");
    private static final Target FOLLOW =
            new Target(GuardServiceGrpc.getFollowMethod(), "POST", "/v1/notes:follow");

    private static ShownCredentials credentials;
    private static Server server;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() {
        credentials = new ShownCredentials();
        server =
                Server.builder()
                        .service(Notes.guarded())
                        .service(Notes.open())
                        .authenticators(credentials.authenticators())
                        .observe(Observability.of(ObserveSettings.defaults().withMetrics(true)))
                        .start();
        channel = NettyChannelBuilder.forAddress("localhost", server.port()).usePlaintext().build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        server.close();
        credentials.close();
    }

    // a cell is the reason of the refusal, or the name of the caller that was let in
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    # shown,         Visit,                  Read, Follow,           Write,                  Reset
                    nothing,         unauthenticated,        unauthenticated,        unauthenticated,        unauthenticated
                    visitor,         visitor,                insufficient_scope,     insufficient_scope,     insufficient_scope
                    reader,          reader,                 reader,                 insufficient_scope,     insufficient_scope
                    reader-key,      reader,                 reader,                 insufficient_scope,     insufficient_scope
                    reader-azure,    reader,                 reader,                 insufficient_scope,     insufficient_scope
                    reader-basic,    reader,                 reader,                 insufficient_scope,     insufficient_scope
                    reader-twice,    reader,                 reader,                 insufficient_scope,     insufficient_scope
                    writer,          writer,                 writer,                 writer,                 insufficient_scope
                    admin,           admin,                  insufficient_scope,     insufficient_scope,     admin
                    token,           ada,                    ada,                    ada,                    insufficient_scope
                    token-key,       ada,                    ada,                    ada,                    insufficient_scope
                    token-poor,      bob,                    insufficient_scope,     insufficient_scope,     insufficient_scope
                    token-late,      expired_credentials,    expired_credentials,    expired_credentials,    expired_credentials
                    token-forged,    invalid_credentials,    invalid_credentials,    invalid_credentials,    invalid_credentials
                    expired,         expired_credentials,    expired_credentials,    expired_credentials,    expired_credentials
                    revoked,         invalid_credentials,    invalid_credentials,    invalid_credentials,    invalid_credentials
                    unknown,         invalid_credentials,    invalid_credentials,    invalid_credentials,    invalid_credentials
                    unknown-key,     invalid_credentials,    invalid_credentials,    invalid_credentials,    invalid_credentials
                    unknown-basic,   invalid_credentials,    invalid_credentials,    invalid_credentials,    invalid_credentials
                    foreign,         invalid_credentials,    invalid_credentials,    invalid_credentials,    invalid_credentials
                    malformed,       malformed_credentials,  malformed_credentials,  malformed_credentials,  malformed_credentials
                    malformed-key,   malformed_credentials,  malformed_credentials,  malformed_credentials,  malformed_credentials
                    malformed-basic, malformed_credentials,  malformed_credentials,  malformed_credentials,  malformed_credentials
                    two,             ambiguous_credentials,  ambiguous_credentials,  ambiguous_credentials,  ambiguous_credentials
                    token-and-key,   ambiguous_credentials,  ambiguous_credentials,  ambiguous_credentials,  ambiguous_credentials
                    """)
    void everyMethodByEveryWire(
            String shown, String visit, String read, String write, String reset) {
        byEveryWire(VISIT, shown, visit);
        byEveryWire(READ, shown, read);
        byEveryWire(FOLLOW, shown, read);
        byEveryWire(WRITE, shown, write);
        byEveryWire(RESET, shown, reset);
    }

    @Test
    void theTableHasEveryWireForUnaryCallsAndStreams() {
        assertThat(AccessWire.values())
                .filteredOn(wire -> wire.carries(READ))
                .extracting(AccessWire::name)
                .containsExactly(
                        "REST",
                        "CANONICAL",
                        "CONNECT_JSON",
                        "CONNECT_PROTO",
                        "CONNECT_GET",
                        "GRPC_WEB",
                        "GRPC_WEB_TEXT");
        assertThat(AccessWire.values())
                .filteredOn(wire -> wire.carries(FOLLOW))
                .extracting(AccessWire::name)
                .containsExactly(
                        "CANONICAL",
                        "SSE",
                        "NDJSON",
                        "CONNECT_STREAM",
                        "GRPC_WEB",
                        "GRPC_WEB_TEXT");
    }

    private static void byEveryWire(Target target, String shown, String expected) {
        assertThat(grpc(target.method(), shown)).as("gRPC %s", target).isEqualTo(expected);
        for (AccessWire wire : AccessWire.values()) {
            for (Version version : Version.values()) {
                if (wire.carries(target)) {
                    assertThat(wire.ask(version, server.port(), target, credentials.of(shown)))
                            .as("%s %s %s", wire, version, target)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    # shown,       page,  metrics, unknown path
                    nothing,       401,   401,     401
                    visitor,       200,   403,     404
                    reader,        200,   403,     404
                    reader-basic,  200,   403,     404
                    admin,         200,   200,     404
                    token,         200,   403,     404
                    token-late,    401,   401,     401
                    token-forged,  401,   401,     401
                    expired,       401,   401,     401
                    revoked,       401,   401,     401
                    unknown,       401,   401,     401
                    malformed,     401,   401,     401
                    two,           400,   400,     400
                    """)
    void everyPage(String shown, int page, int metrics, int elsewhere) {
        for (Version version : Version.values()) {
            for (String path :
                    List.of(
                            "/docs",
                            "/docs/swagger-ui.css",
                            "/redoc",
                            "/proto",
                            "/proto/descriptors.binpb",
                            "/openapi.json",
                            "/openapi",
                            "/openapi.yaml",
                            "/openapi-3.2.json")) {
                assertThat(status(version, "GET", path, shown)).as(path).isEqualTo(page);
            }
            for (String path : List.of("/metrics", "//metrics", "/health/../metrics")) {
                assertThat(status(version, "GET", path, shown)).as(path).isEqualTo(metrics);
            }
            for (String path : List.of("/nowhere", "/v1", "/docs/nothing", "/tandem.test.v1.X/Y")) {
                assertThat(status(version, "GET", path, shown)).as(path).isEqualTo(elsewhere);
            }
            for (String verb : List.of("GET", "HEAD")) {
                assertThat(status(version, verb, "/health", shown)).isEqualTo(200);
                assertThat(status(version, verb, "/ready", shown)).isEqualTo(200);
            }
        }
    }

    // what is told to whom of methods that nobody has: strangers learn nothing
    @ParameterizedTest
    @CsvSource({
        "nothing, UNAUTHENTICATED",
        "unknown, UNAUTHENTICATED",
        "token-late, UNAUTHENTICATED",
        "two, INVALID_ARGUMENT",
        "visitor, UNIMPLEMENTED",
        "admin, UNIMPLEMENTED"
    })
    void methodsThatNobodyHas(String shown, Status.Code code) {
        for (String name : List.of("tandem.test.v1.GuardService/Nope", "no.such.Service/Read")) {
            MethodDescriptor<Note, Note> unknown =
                    GuardServiceGrpc.getReadMethod().toBuilder().setFullMethodName(name).build();
            assertThat(codeOf(() -> ask(unknown, shown))).as("gRPC " + name).isEqualTo(code);
            for (Version version : Version.values()) {
                RawAnswer web =
                        RawAnswer.to(
                                version,
                                server.port(),
                                "POST",
                                "/" + name,
                                Raw.frame(Note.getDefaultInstance()),
                                AccessWire.with(
                                        credentials.of(shown),
                                        "content-type",
                                        "application/grpc-web+proto"));
                assertThat(web.text() + web.headers())
                        .containsPattern("grpc-status[:=] ?" + code.value());
                RawAnswer connect =
                        RawAnswer.to(
                                version,
                                server.port(),
                                "POST",
                                "/" + name,
                                NOTHING,
                                AccessWire.with(
                                        credentials.of(shown),
                                        "content-type",
                                        "application/proto"));
                assertThat(connect.text())
                        .contains("\"code\":\"" + code.name().toLowerCase(Locale.ROOT) + "\"");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, UNAUTHENTICATED",
        "unknown, UNAUTHENTICATED",
        "token-forged, UNAUTHENTICATED",
        "visitor, OK",
        "token-poor, OK",
        "two, INVALID_ARGUMENT"
    })
    void reflection(String shown, Status.Code code) {
        assertThat(
                        codeOf(() -> {
                            var stub = ServerReflectionGrpc.newBlockingV2Stub(showing(shown));
                            var call = stub.serverReflectionInfo();
                            call.write(
                                    ServerReflectionRequest.newBuilder()
                                            .setListServices("*")
                                            .build());
                            call.halfClose();
                            return call.read();
                        }))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"nothing, OK", "unknown, OK", "malformed, OK", "two, OK"})
    void healthIsForAnybody(String shown, Status.Code code) {
        assertThat(
                        codeOf(() ->
                                HealthGrpc.newBlockingV2Stub(showing(shown))
                                        .check(HealthCheckRequest.getDefaultInstance())))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/notes/../../health",
        "/v1/notes/%2e%2e/%2e%2e/health",
        "/v1/notes/../../ready",
        "/v1/notes//../../health",
        "/v1/notes/..;/../health"
    })
    void aPathThatLooksLikeAProbeIsNone(String path) {
        for (Version version : Version.values()) {
            RawAnswer answer = RawAnswer.to(version, server.port(), "GET", path, NOTHING);
            // either it is a probe, or a method's path and guarded; never a method without a guard
            assertThat(answer.text()).doesNotContain("\"text\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, 'Basic realm=\"tandem\", charset=\"UTF-8\", Bearer realm=\"tandem\"'",
        "unknown, 'Basic realm=\"tandem\", charset=\"UTF-8\", Bearer realm=\"tandem\", error=\"invalid_token\"'"
    })
    void whoIsNotKnownIsToldWhatToShow(String shown, String challenge) {
        for (String path : List.of("/docs", "/v1/notes/a", "/nowhere")) {
            RawAnswer answer =
                    RawAnswer.to(
                            Version.HTTP_1_1,
                            server.port(),
                            "GET",
                            path,
                            NOTHING,
                            credentials.of(shown));
            assertThat(answer.header("www-authenticate")).isEqualTo(challenge);
        }
    }

    @ParameterizedTest
    @CsvSource({"reader"})
    void whoMayLessIsToldWhatIsNeeded(String shown) {
        RawAnswer answer =
                RawAnswer.to(
                        Version.HTTP_1_1,
                        server.port(),
                        "POST",
                        "/v1/notes",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        AccessWire.with(credentials.of(shown), "content-type", "application/json"));
        assertThat(answer.header("www-authenticate"))
                .isEqualTo(
                        "Bearer realm=\"tandem\", error=\"insufficient_scope\","
                                + " scope=\"notes.read notes.write\"");
        assertThat(answer.text()).contains("\"type\":\"permission_error\"", "notes.write");
    }

    /** The caller's name, or the reason in the error's details; the codes must be the twins. */
    private static String grpc(MethodDescriptor<Note, Note> method, String shown) {
        try {
            return ask(method, shown).getText();
        } catch (StatusRuntimeException e) {
            try {
                var info =
                        Objects.requireNonNull(StatusProto.fromThrowable(e))
                                .getDetails(0)
                                .unpack(ErrorInfo.class);
                assertThat(info.getDomain()).isEqualTo("tandem");
                assertThat(e.getStatus().getCode())
                        .isEqualTo(AccessTwin.of(info.getReason()).grpc());
                return info.getReason();
            } catch (InvalidProtocolBufferException broken) {
                throw new AssertionError(broken);
            }
        }
    }

    private static Note ask(MethodDescriptor<Note, Note> method, String shown) {
        return ClientCalls.blockingServerStreamingCall(
                        showing(shown), method, CallOptions.DEFAULT, Note.getDefaultInstance())
                .next();
    }

    private static Channel showing(String shown) {
        Metadata metadata = new Metadata();
        String[] headers = credentials.of(shown);
        for (int i = 0; i < headers.length; i += 2) {
            metadata.put(
                    Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
        }
        return ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    /** Something that is asked over gRPC. */
    private interface Question {
        Object ask() throws Exception;
    }

    private static Status.Code codeOf(Question question) {
        try {
            assertThat(question.ask()).isNotNull();
            return Status.Code.OK;
        } catch (Exception e) {
            return Status.fromThrowable(e).getCode();
        }
    }

    private static int status(Version version, String verb, String path, String shown) {
        return RawAnswer.to(version, server.port(), verb, path, NOTHING, credentials.of(shown))
                .status();
    }
}
