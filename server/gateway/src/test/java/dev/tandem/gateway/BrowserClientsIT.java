package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.tandem.engines.EngineReasons;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.tls.TlsSettings;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testtools.Chromium;
import dev.tandem.testtools.SelfSigned;
import dev.tandem.testtools.WatchedPage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The clients of Connect and gRPC for browsers, unmodified, in Chromium, on a page of the gateway's
 * own port: over HTTP/1.1 in cleartext and over HTTP/2 with TLS. What they call stands in {@code
 * src/test/connect}.
 */
@DisabledOnOs(OS.WINDOWS)
@TestInstance(Lifecycle.PER_CLASS)
class BrowserClientsIT {
    private static final int TOKENS = 400;
    private static final int TIME_MILLIS = 700;

    /**
     * Which client on which page.
     *
     * @param http what the browser then speaks
     * @param client the script's name
     * @param argument what its functions take first
     */
    record Way(String http, String client, Object argument) {
        String call(String function) {
            return "([first, ...more]) => " + client + "." + function + "(first, ...more)";
        }

        @Override
        public String toString() {
            return http + " " + argument;
        }
    }

    static final List<Way> CONNECT =
            Stream.of("http/1.1", "h2")
                    .flatMap(http ->
                            Stream.of("connect", "grpc-web")
                                    .flatMap(transport ->
                                            Stream.of(true, false)
                                                    .map(binary ->
                                                            new Way(
                                                                    http,
                                                                    "connect",
                                                                    Map.of(
                                                                            "transport",
                                                                            transport,
                                                                            "binary",
                                                                            binary)))))
                    .toList();

    static final List<Way> GRPC_WEB =
            Stream.of("http/1.1", "h2")
                    .flatMap(http ->
                            Stream.of("text", "binary")
                                    .map(format -> new Way(http, "grpcweb", format)))
                    .toList();

    /** Binary answers are read whole by that client, so it sees no stream. */
    static final List<Way> GRPC_WEB_TEXT =
            GRPC_WEB.stream().filter(way -> way.argument().equals("text")).toList();

    static final List<Way> ALL = Stream.concat(CONNECT.stream(), GRPC_WEB.stream()).toList();

    private volatile Script script = Script.empty();
    private final ScriptedEngine engine = new ScriptedEngine(request -> script);
    private PageServer plain;
    private PageServer secure;
    private Chromium chromium;
    private Map<String, WatchedPage> pages = Map.of();

    @BeforeAll
    void start(@TempDir Path certificates) throws Exception {
        TlsSettings tls = pair(certificates);
        chromium = new Chromium("--ignore-certificate-errors-spki-list=" + pin(tls.certificate()));
        Path scripts = PageScripts.folder();
        Models models =
                new Models(
                        List.of(new ServedModel("tiny", engine, "own", Instant.EPOCH)), Map.of());
        plain = new PageServer(models, Optional.empty(), scripts);
        secure = new PageServer(models, Optional.of(tls), scripts);
        PageScripts.make(scripts, plain.port(), "page.ts");
        pages = Map.of("http/1.1", loaded(plain), "h2", loaded(secure));
    }

    private static TlsSettings pair(Path folder) {
        SelfSigned pair = SelfSigned.in(folder, "localhost");
        return TlsSettings.of(pair.certificate(), pair.key());
    }

    /** By this the browser trusts that certificate, and no other. */
    private static String pin(Path pem) throws Exception {
        try (InputStream in = Files.newInputStream(pem)) {
            Certificate certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
            byte[] key = certificate.getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        }
    }

    private WatchedPage loaded(PageServer server) {
        WatchedPage page = chromium.page(server.site()).open("/page");
        page.page().waitForFunction("() => window.loaded === true");
        return page;
    }

    @AfterEach
    void forget() {
        engine.forget();
    }

    @AfterAll
    void stop() {
        for (AutoCloseable each : new AutoCloseable[] {chromium, plain, secure}) {
            close(each);
        }
        engine.close();
    }

    private static void close(AutoCloseable each) {
        try {
            if (each != null) {
                each.close();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A call without an answer, left or late, has no HTTP version. */
    private Object call(Way way, String function, Object... more) {
        WatchedPage page = Objects.requireNonNull(pages.get(way.http()));
        Object answer =
                page.page()
                        .evaluate(
                                way.call(function),
                                Stream.concat(Stream.of(way.argument()), Stream.of(more)).toList());
        assertThat(page.page().evaluate("protocols()"))
                .asInstanceOf(LIST)
                .allMatch(way.http()::equals);
        return answer;
    }

    @SuppressWarnings("unchecked") // an object of JavaScript
    private Map<String, Object> told(Way way, String function, Object... more) {
        return (Map<String, Object>) call(way, function, more);
    }

    private static List<String> numbered() {
        return IntStream.range(0, TOKENS).mapToObj(i -> "t" + i + " ").toList();
    }

    @ParameterizedTest
    @FieldSource("CONNECT")
    void modelsAreListed(Way way) {
        assertThat(call(way, "models")).isEqualTo(List.of("tiny"));
    }

    @ParameterizedTest
    @FieldSource("CONNECT")
    void textsBecomeVectors(Way way) {
        Object vectors = call(way, "vectors", List.of("a cat", "a cat", "☃ and 😈"));

        assertThat(vectors).asInstanceOf(LIST).hasSize(3);
        List<?> all = (List<?>) vectors;
        assertThat(all.get(0)).isEqualTo(all.get(1)).isNotEqualTo(all.get(2));
        assertThat(all)
                .isEqualTo(
                        call(CONNECT.getFirst(), "vectors", List.of("a cat", "a cat", "☃ and 😈")));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void everyTokenComesOnceAndInOrder(Way way) {
        script = Script.saying(numbered().toArray(String[]::new));

        assertThat(call(way, "tokens")).isEqualTo(numbered());
    }

    @ParameterizedTest
    @FieldSource("CONNECT")
    void soDoThoseOfManyStreamsAtOnce(Way way) {
        script = Script.saying(numbered().toArray(String[]::new));

        assertThat(call(way, "manyTokens", 12))
                .asInstanceOf(LIST)
                .hasSize(12)
                .allSatisfy(each -> assertThat(each).isEqualTo(numbered()));
    }

    @ParameterizedTest
    @FieldSource("CONNECT")
    void theDetailsOfAnErrorAreRead(Way way) {
        for (String function : List.of("refusedUnary", "refusedStream")) {
            assertThat(told(way, function))
                    .containsEntry("code", "InvalidArgument")
                    .containsEntry("reasons", List.of("validation_failed"))
                    .containsEntry("fields", List.of("messages", "temperature"))
                    .hasEntrySatisfying(
                            "requestId", id -> assertThat((String) id).startsWith("req_"));
        }
        assertThat(engine.runs()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("CONNECT")
    void anErrorAfterTheFirstTokenFollowsIt(Way way) {
        script =
                Script.saying("a", "b ☃")
                        .fail(ApiError.of(EngineReasons.ENGINE_FAILED, "Broken.").toException());

        assertThat(told(way, "broken"))
                .containsEntry("seen", List.of("a", "b ☃"))
                .containsEntry("reasons", List.of("engine_failed"))
                .containsEntry("message", "Broken.");
    }

    @ParameterizedTest
    @FieldSource("CONNECT")
    void leavingAStreamEndsTheWork(Way way) {
        script = Script.saying("a").pause(new Gate());

        assertThat(told(way, "left"))
                .containsEntry("seen", List.of("a"))
                .containsEntry("code", "Canceled");

        assertThat(engine.awaitRun().awaitEnd()).isEqualTo(Run.End.CANCELLED);
        assertThat(engine.awaitRun().cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
    }

    @ParameterizedTest
    @FieldSource("CONNECT")
    void theServerKnowsTheTimeLimit(Way way) {
        script = Script.saying("a").pause(new Gate());

        for (String function : List.of("late", "lateUnary")) {
            assertThat(told(way, function, TIME_MILLIS)).containsEntry("code", "DeadlineExceeded");
            endsInTime();
        }
    }

    private void endsInTime() {
        Run run = engine.awaitRun();
        assertThat(run.awaitEnd()).isEqualTo(Run.End.CANCELLED);
        assertThat(run.remaining())
                .hasValueSatisfying(
                        left -> assertThat(left).isLessThan(Duration.ofMillis(TIME_MILLIS)));
        engine.forget();
    }

    @ParameterizedTest
    @FieldSource("CONNECT")
    void aPageOfAnotherOriginIsKeptOut(Way way) {
        PageServer other = way.http().equals("h2") ? plain : secure;

        assertThat(told(way, "elsewhere", other.site()))
                .containsEntry("code", "Unknown")
                .containsEntry("message", "Failed to fetch");

        assertThat(engine.runs()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("GRPC_WEB")
    void grpcsOwnClientIsAnswered(Way way) {
        script = Script.saying("Hello", " ☃");

        assertThat(call(way, "answer")).isEqualTo("Hello ☃");
    }

    @ParameterizedTest
    @FieldSource("GRPC_WEB")
    void grpcsOwnClientIsToldWhatIsWrong(Way way) {
        for (Map<String, Object> told :
                List.of(told(way, "refusedUnary"), told(way, "refusedStream", 0))) {
            assertThat(told).containsEntry("code", 3).containsEntry("details", true);
            assertThat((String) told.get("message"))
                    .startsWith("messages: Must have 1 to 2048 items.");
        }
    }

    @ParameterizedTest
    @FieldSource("GRPC_WEB")
    void grpcsOwnClientSetsATimeLimit(Way way) {
        script = Script.saying("a").pause(new Gate());

        assertThat(told(way, "refusedStream", TIME_MILLIS)).containsEntry("code", 4);
        endsInTime();
    }

    @ParameterizedTest
    @FieldSource("GRPC_WEB_TEXT")
    void grpcsOwnClientLeaves(Way way) {
        script = Script.saying("a").pause(new Gate());

        assertThat(call(way, "left")).isEqualTo(List.of("a"));

        assertThat(engine.awaitRun().awaitEnd()).isEqualTo(Run.End.CANCELLED);
        assertThat(engine.awaitRun().cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
    }
}
