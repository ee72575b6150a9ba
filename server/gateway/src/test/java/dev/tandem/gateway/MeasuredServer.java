package dev.tandem.gateway;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.testing.ScriptedEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A gateway with the engine of {@link RudeClients} in a process of its own, so that all that is
 * counted there is the server's.
 */
final class MeasuredServer implements AutoCloseable {
    private static final String FIELD = "\u001f";
    private static final String ITEM = "\u001e";

    private final Process process;
    private final PrintWriter questions;
    private final BufferedReader answers;
    private final int port;

    private MeasuredServer(Process process) throws IOException {
        this.process = process;
        questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        answers = process.inputReader(StandardCharsets.UTF_8);
        port = Integer.parseInt(answers.readLine());
    }

    /** Starts one with these milliseconds between signs of life. */
    static MeasuredServer start(Duration heartbeat) throws IOException {
        return new MeasuredServer(
                OwnProcess.start(
                        List.of("-Xmx512m"),
                        MeasuredServer.class,
                        String.valueOf(heartbeat.toMillis())));
    }

    int port() {
        return port;
    }

    /** Calls in flight, and runs of the engine. */
    int busy() {
        return Integer.parseInt(ask("busy"));
    }

    /** What the process holds; what its engine remembers of runs that are over is forgotten. */
    Footprint footprint() {
        String[] fields = ask("footprint").split(FIELD, -1);
        return new Footprint(
                items(fields[0]), items(fields[1]), items(fields[2]), Long.parseLong(fields[3]));
    }

    private static List<String> items(String field) {
        return field.isEmpty()
                ? List.of()
                : Arrays.stream(field.split(ITEM)).map(MeasuredServer::unfolded).toList();
    }

    private String ask(String question) {
        try {
            questions.println(question);
            String answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError("the server's process has ended");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process: answers a question a line until its input ends. */
    public static void main(String[] args) throws IOException {
        GatewaySettings settings =
                Fixture.settings(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(Long.parseLong(args[0])),
                        StreamLimits.defaults());
        ScriptedEngine engine = RudeClients.engine();
        ServedModel model = new ServedModel("tiny", engine, "own", Instant.EPOCH);
        Models models = new Models(List.of(model), Map.of());
        try (Server server = new Gateway(settings, models, (call, took) -> {}).start();
                BufferedReader questions =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            PrintWriter out = OwnProcess.listening();
            out.println(server.port());
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                out.println(
                        line.equals("busy")
                                ? String.valueOf(server.calls().inFlight() + engine.running())
                                : told(engine));
            }
        }
    }

    private static String told(ScriptedEngine engine) {
        engine.forget();
        Footprint now = Footprint.now();
        return String.join(
                FIELD,
                joined(now.threads()),
                joined(now.virtualThreads()),
                joined(now.files()),
                String.valueOf(now.heapMib()));
    }

    private static String joined(List<String> items) {
        return items.stream().map(MeasuredServer::folded).collect(Collectors.joining(ITEM));
    }

    private static String folded(String text) {
        return text.replace('\n', '\u001d');
    }

    private static String unfolded(String text) {
        return text.replace('\u001d', '\n');
    }
}
