package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engines.EngineReasons;
import dev.tandem.gateway.BadRequests.Bad;
import dev.tandem.runtime.auth.AuthReasons;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Failure;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire.Version;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/errors.md says what is answered. Its generated parts are renewed by {@code ./mvnw -pl
 * server/gateway -am verify -Dtest=ErrorsDocTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dtandem.renew=true}.
 */
class ErrorsDocTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "errors.md");
    private static final int LONGEST = 160;

    @Test
    void thePageIsWhatIsAnswered() throws IOException {
        String page = Files.readString(PAGE);
        String renewed = page;
        try (Fixture gateway = new Fixture(Script.saying("never"))) {
            renewed = with("reasons", reasons(), renewed);
            renewed = with("rules", table(BadRequests.RULES, bad -> byGrpc(gateway, bad)), renewed);
            renewed =
                    with("shapes", table(BadRequests.SHAPES, bad -> byRest(gateway, bad)), renewed);
            renewed = with("texts", texts(gateway), renewed);
        }
        if (Boolean.getBoolean("tandem.renew")) {
            Files.writeString(PAGE, renewed);
            return;
        }
        assertThat(page)
                .as("docs/errors.md is out of date; run this test with -Dtandem.renew=true")
                .isEqualTo(renewed);
    }

    private static String reasons() {
        StringBuilder table = new StringBuilder();
        table.append("| HTTP | gRPC | `type` | `code` | when |\n| --- | --- | --- | --- | --- |\n");
        Stream.of(Reasons.ALL, AuthReasons.ALL, EngineReasons.ALL)
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(reason -> reason.code().http()))
                .forEach(reason -> table.append(row(reason)));
        return table.toString();
    }

    private static String row(Reason reason) {
        return "| "
                + reason.code().http()
                + " | "
                + Status.fromCodeValue(reason.code().grpc()).getCode()
                + " | `"
                + reason.code().type()
                + "` | `"
                + reason.name()
                + "` | "
                + reason.when()
                + " |\n";
    }

    private interface Asking {
        Failure ask(Bad bad);
    }

    private static String table(List<Bad> bads, Asking asking) {
        return "| request | violations |\n| --- | --- |\n"
                + bads.stream()
                        .map(bad ->
                                "| "
                                        + code(bad.json())
                                        + " | "
                                        + violations(asking.ask(bad))
                                        + " |\n")
                        .collect(Collectors.joining());
    }

    private static Failure byGrpc(Fixture gateway, Bad bad) {
        return gateway.call(Way.GRPC_WHOLE, bad.message(), Caller.PLAIN).error();
    }

    private static Failure byRest(Fixture gateway, Bad bad) {
        return BadRequestTest.post(gateway, Way.REST, bad.body());
    }

    private static String violations(Failure failure) {
        return failure.violations().stream()
                .map(ErrorsDocTest::violation)
                .collect(Collectors.joining("<br>"));
    }

    private static String violation(Violation violation) {
        return code(violation.field())
                + " "
                + violation.rule()
                + ": "
                + violation.message().replace("|", "\\|");
    }

    private static String texts(Fixture gateway) {
        StringBuilder table = new StringBuilder("| body | message |\n| --- | --- |\n");
        for (String text : BadRequests.TEXTS) {
            HttpReply reply =
                    gateway.server
                            .client()
                            .http(Version.HTTP_1_1, HttpRequest.post("/v1/chat/completions", text));
            String message = Objects.requireNonNull(reply.failure()).message();
            table.append("| " + code(text) + " | " + message.replace("|", "\\|") + " |\n");
        }
        return table.toString();
    }

    private static String code(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
        return "`` " + shown.replace("|", "\\|") + " ``";
    }

    private static String with(String name, String content, String page) {
        String begin = "<!-- generated: " + name + " -->\n";
        int from = page.indexOf(begin);
        int to = page.indexOf("<!-- end -->", from);
        assertThat(from).as(begin).isNotNegative();
        return page.substring(0, from + begin.length()) + content + page.substring(to);
    }
}
