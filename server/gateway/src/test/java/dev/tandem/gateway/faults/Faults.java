package dev.tandem.gateway.faults;

import static dev.tandem.engines.EngineReasons.UPSTREAM_ERROR;
import static dev.tandem.engines.EngineReasons.UPSTREAM_MISCONFIGURED;
import static dev.tandem.engines.EngineReasons.UPSTREAM_RATE_LIMITED;
import static dev.tandem.engines.EngineReasons.UPSTREAM_TIMEOUT;
import static dev.tandem.engines.EngineReasons.UPSTREAM_UNAVAILABLE;
import static dev.tandem.gateway.faults.Answers.DONE;
import static dev.tandem.gateway.faults.Answers.ROLE;
import static dev.tandem.gateway.faults.Answers.STOP;
import static dev.tandem.gateway.faults.Answers.error;
import static dev.tandem.gateway.faults.Answers.text;

import dev.tandem.gateway.faults.Fault.Talk;
import dev.tandem.gateway.faults.Fault.Where;
import dev.tandem.testing.Gate;
import dev.tandem.testtools.Peer;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.openai.OpenAiSettings;
import dev.tandem.upstream.sse.EventLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** All that an upstream may do wrong. */
final class Faults {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int SMALL = 4096;
    private static final Duration TOLD = Duration.ofSeconds(7);
    private static final String JSON = "application/json";

    private Faults() {}

    static List<Fault> all() {
        return Stream.of(refusals(), silences(), breaks(), nonsense(), ways())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Fault> refusals() {
        return List.of(
                Fault.atOnce("status 500", UPSTREAM_ERROR, status("500 Oh", "<h1>trace</h1>")),
                Fault.atOnce("status 502", UPSTREAM_ERROR, status("502 Bad", "<h1>proxy</h1>")),
                Fault.atOnce("status 503", UPSTREAM_UNAVAILABLE, status("503 Busy", "{}")),
                Fault.atOnce(
                                "status 503 with `retry-after: 7`",
                                UPSTREAM_UNAVAILABLE,
                                status("503 Busy", "{}", "retry-after: 7"))
                        .after(TOLD),
                Fault.atOnce("status 504", UPSTREAM_TIMEOUT, status("504 Late", "{}")),
                Fault.atOnce("status 429", UPSTREAM_RATE_LIMITED, status("429 Slow", "{}")),
                Fault.atOnce(
                                "status 429 with `retry-after: 7`",
                                UPSTREAM_RATE_LIMITED,
                                status("429 Slow", error("rate_limit_exceeded"), "retry-after: 7"))
                        .after(TOLD),
                Fault.atOnce(
                        "status 429, and the quota is used up",
                        UPSTREAM_MISCONFIGURED,
                        status("429 Slow", error("insufficient_quota"))),
                Fault.atOnce("status 401", UPSTREAM_MISCONFIGURED, status("401 No", "{}")),
                Fault.atOnce(
                        "a redirect",
                        UPSTREAM_MISCONFIGURED,
                        status("307 Elsewhere", "", "location: http://127.0.0.1:9/v1")));
    }

    private static List<Fault> silences() {
        return List.of(
                Fault.atOnce(
                                "slow headers",
                                UPSTREAM_TIMEOUT,
                                (peer, _) -> {
                                    peer.request();
                                    peer.say("HTTP/1.1 200 OK\r\ncontent-ty");
                                    peer.awaitLeaving();
                                })
                        .with(within(SHORT, LONG)),
                Fault.atOnce(
                                "headers, and no first token",
                                UPSTREAM_TIMEOUT,
                                (peer, _) -> {
                                    peer.request();
                                    peer.beginEvents();
                                    peer.chunk(": still here\n\n");
                                    peer.awaitLeaving();
                                })
                        .with(within(SHORT, LONG)),
                Fault.inTheMiddle(
                                "a stall in the middle",
                                UPSTREAM_TIMEOUT,
                                (peer, _) -> peer.awaitLeaving())
                        .with(within(LONG, SHORT)));
    }

    private static List<Fault> breaks() {
        return List.of(
                Fault.inTheMiddle(
                        "a reset in the middle", UPSTREAM_ERROR, (peer, _) -> peer.reset()),
                Fault.inTheMiddle("the end of the connection", UPSTREAM_ERROR, (_, _) -> {}),
                Fault.inTheMiddle(
                        "no end mark (`[DONE]`)",
                        UPSTREAM_ERROR,
                        (peer, _) -> {
                            peer.events(STOP);
                            peer.endChunks();
                        }),
                Fault.inTheMiddle(
                        "no finish reason",
                        UPSTREAM_ERROR,
                        (peer, _) -> {
                            peer.events(DONE);
                            peer.endChunks();
                        }),
                Fault.inTheMiddle(
                        "an error event in the middle",
                        UPSTREAM_ERROR,
                        (peer, _) -> peer.events(error("server_error"))),
                Fault.atOnce(
                        "an end before the headers", UPSTREAM_ERROR, (peer, _) -> peer.request()));
    }

    private static List<Fault> nonsense() {
        return List.of(
                Fault.inTheMiddle(
                        "JSON that is cut off",
                        UPSTREAM_ERROR,
                        (peer, _) -> peer.events("{\"choices\":[{\"index\":0,\"del")),
                Fault.inTheMiddle(
                        "bytes that are not UTF-8",
                        UPSTREAM_ERROR,
                        (peer, _) ->
                                peer.chunk(
                                        ("data: " + text("\u00ff") + "\n\n")
                                                .getBytes(StandardCharsets.ISO_8859_1))),
                Fault.inTheMiddle("a huge line", UPSTREAM_ERROR, Faults::hugeLine)
                        .with(settings -> sized(settings, Long.MAX_VALUE)),
                Fault.inTheMiddle("an endless answer", UPSTREAM_ERROR, Faults::endless)
                        .with(settings -> sized(settings, 100_000)),
                Fault.atOnce(
                        "no choices",
                        UPSTREAM_ERROR,
                        (peer, _) -> {
                            peer.request();
                            peer.beginEvents();
                            peer.events("{\"choices\":[]}", DONE);
                            peer.endChunks();
                        }),
                Fault.atOnce(
                        "a content type that is neither events nor JSON",
                        UPSTREAM_ERROR,
                        (peer, _) -> {
                            peer.request();
                            peer.answer("200 OK", "text/html", "<p>Please log in</p>");
                        }),
                Fault.atOnce(
                        "what is no HTTP",
                        UPSTREAM_ERROR,
                        (peer, _) -> {
                            peer.request();
                            peer.say("SSH-2.0-OpenSSH\r\n\r\n");
                            peer.awaitLeaving();
                        }));
    }

    /** Of getting there. */
    private static List<Fault> ways() {
        return List.of(
                Fault.atOnce("a port on which nobody listens", UPSTREAM_UNAVAILABLE, (_, _) -> {})
                        .at(Where.NOWHERE),
                Fault.atOnce(
                                "a certificate that is not trusted",
                                UPSTREAM_UNAVAILABLE,
                                (peer, _) -> peer.request())
                        .at(Where.UNTRUSTED),
                Fault.inTheMiddle(
                                "the end of a kept connection, at the next request",
                                UPSTREAM_ERROR,
                                (peer, _) -> {
                                    peer.events(STOP, DONE);
                                    peer.endChunks();
                                    peer.request();
                                })
                        .unnoticed());
    }

    private static Talk status(String status, String body, String... headers) {
        return (peer, _) -> {
            peer.request();
            peer.answer(status, body.startsWith("{") ? JSON : "text/html", body, headers);
        };
    }

    private static void hugeLine(Peer peer, Gate seen) throws IOException {
        peer.chunk("data: ");
        while (true) {
            peer.chunk("x".repeat(1000));
        }
    }

    private static void endless(Peer peer, Gate seen) throws IOException {
        while (true) {
            peer.events(ROLE, text("a"));
        }
    }

    private static UnaryOperator<OpenAiSettings> within(Duration first, Duration gap) {
        return settings ->
                settings.limits(
                        new Limits(
                                first,
                                gap,
                                settings.limits().answer(),
                                settings.limits().events()));
    }

    private static OpenAiSettings sized(OpenAiSettings settings, long answer) {
        Limits now = settings.limits();
        return settings.limits(
                new Limits(
                        now.first(),
                        now.gap(),
                        Math.min(answer, now.answer()),
                        new EventLimits(SMALL, SMALL)));
    }
}
