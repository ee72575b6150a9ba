package dev.tandem.gateway.engine;

import dev.tandem.engines.EngineReasons;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Head;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/** One small question to an engine, to see whether it answers and takes our key. */
final class Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The question. */
    @FunctionalInterface
    interface Question {
        /** Asks; gives back what was found, as a sentence. */
        String ask(Call call) throws InterruptedException;
    }

    private Probe() {}

    /**
     * Asks, for some seconds at most.
     *
     * @param name the configuration's name for the engine
     */
    static Finding of(String name, Question question) throws InterruptedException {
        String about = "engine " + name;
        try (Calls calls = new Calls(() -> "doctor")) {
            Call call = calls.open(head(), PATIENCE);
            try {
                return Finding.ok(about, question.ask(call));
            } catch (ApiException e) {
                return failed(about, name, e);
            } catch (CancelledException e) {
                return unreachable(about, name, "It does not answer within 5 s.");
            } finally {
                calls.close(call);
            }
        }
    }

    private static Finding failed(String about, String name, ApiException e) {
        String reason = e.error().reason();
        if (reason.equals(EngineReasons.UPSTREAM_MISCONFIGURED.name())) {
            return Finding.problem(
                    about,
                    "It answers, but refuses our key or does not know the address's path.",
                    "Correct engines.%s.api_key or engines.%s.url; the log above has the status."
                            .formatted(name, name));
        }
        if (reason.equals(EngineReasons.UPSTREAM_RATE_LIMITED.name())) {
            return Finding.warning(
                    about, "It answers, but takes no more calls for now.", "Try again later.");
        }
        return unreachable(about, name, e.error().message());
    }

    private static Finding unreachable(String about, String name, String found) {
        return Finding.problem(
                about, found, "Start it, or correct engines.%s.url.".formatted(name));
    }

    private static Head head() {
        return new Head(
                Head.Wire.REST,
                "GET",
                "/",
                null,
                Map.of(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
