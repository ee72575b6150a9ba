package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.gateway.BadRequests.Bad;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Failure;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire.Format;
import dev.tandem.testing.Wire.Version;
import dev.tandem.v1.ChatRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** One table of bad requests: every wire says the same of each. */
class BadRequestTest {
    static final List<Bad> RULES = BadRequests.RULES;
    static final List<Bad> SHAPES = BadRequests.SHAPES;
    static final List<String> TEXTS = BadRequests.TEXTS;

    private static Fixture gateway;

    @BeforeAll
    static void start() {
        gateway = new Fixture(Script.saying("never"));
    }

    @AfterAll
    static void stop() {
        assertThat(gateway.engine.runs()).isEmpty();
        gateway.close();
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void everyWireSaysTheSame(Bad bad) {
        Failure reference = call(Way.GRPC_WHOLE, bad.message()).error();

        assertThat(reference.violations())
                .extracting(Violation::field)
                .containsExactlyElementsOf(bad.fields());
        assertThat(reference.violations())
                .allSatisfy(each -> assertThat(each.message()).matches("[A-Z].*\\."));
        for (Way way : Way.values()) {
            Reply<? extends Message> reply = call(way, bad.message());
            assertThat(reply.status())
                    .as("%s", way)
                    .isEqualTo(way.wire().status(Code.VALIDATION_FAILED));
            assertSame(way, reply.error(), reference);
            assertThat(reply.messages()).isEmpty();
            if (way.wire().format() != Format.GRPC) {
                assertSame(way, post(way, bad.body()), reference);
            }
        }
        assertSame(Way.REST, canonical(BadRequests.canonical(bad.message())), reference);
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void everyWireOfJsonSaysTheSameOfAnotherForm(Bad bad) {
        Failure reference = post(Way.REST, bad.body());

        assertThat(reference.violations())
                .extracting(Violation::field)
                .containsExactlyElementsOf(bad.fields());
        assertThat(reference.violations())
                .allSatisfy(each -> assertThat(each.message()).matches("[\"A-Z].*\\."));
        for (Way way : jsonWays()) {
            assertSame(way, post(way, bad.body()), reference);
        }
    }

    @ParameterizedTest
    @FieldSource("TEXTS")
    void textThatIsNoJsonIsToldWithItsPlace(String text) {
        for (Version version : Version.values()) {
            HttpReply reply =
                    gateway.server
                            .client()
                            .http(version, HttpRequest.post("/v1/chat/completions", text));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(Objects.requireNonNull(reply.failure()).reason()).isEqualTo("invalid_json");
            assertThat(Objects.requireNonNull(reply.failure()).message())
                    .matches("Not valid JSON, line \\d+, column \\d+: .+\\.");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"GRPC_WHOLE", "REST", "REST_H2"})
    void optionsOfAStreamNeedAStream(Way way) {
        ChatRequest.Builder request = Fixture.request();
        request.getStreamOptionsBuilder().setIncludeUsage(true);

        assertThat(call(way, request.build()).error().violations())
                .extracting(Violation::field)
                .containsExactly("stream_options");
    }

    private static void assertSame(Way way, Failure failure, Failure reference) {
        assertThat(failure.reason()).as("%s", way).isEqualTo("validation_failed");
        assertThat(failure.violations()).as("%s", way).isEqualTo(reference.violations());
        assertThat(failure.message()).isEqualTo(reference.message());
        assertThat(failure.param()).isEqualTo(reference.violations().getFirst().field());
    }

    private static Reply<? extends Message> call(Way way, ChatRequest request) {
        return gateway.call(way, request, Caller.PLAIN);
    }

    private static List<Way> jsonWays() {
        return Arrays.stream(Way.values())
                .filter(way -> way.wire().format() != Format.GRPC)
                .toList();
    }

    static Failure post(Way way, String body) {
        return post(gateway, way, body);
    }

    /** What is told of a body as it stands; of a stream with {@code "stream": true} in it. */
    static Failure post(Fixture gateway, Way way, String body) {
        String streamed = way.streams() ? "{\"stream\": true, " + body.substring(1) : body;
        String accept =
                way.wire().format() == Format.NDJSON ? "application/x-ndjson" : "application/json";
        HttpReply reply =
                gateway.server
                        .client()
                        .http(
                                way.wire().version(),
                                HttpRequest.post("/v1/chat/completions", streamed)
                                        .header("accept", accept));
        assertThat(reply.status()).isEqualTo(422);
        return Objects.requireNonNull(reply.failure());
    }

    private static Failure canonical(String json) {
        HttpReply reply =
                gateway.server
                        .client()
                        .http(
                                Version.HTTP_1_1,
                                HttpRequest.post("/tandem.v1.ChatService/Complete", json));
        assertThat(reply.status()).isEqualTo(422);
        return Objects.requireNonNull(reply.failure());
    }
}
