package dev.tandem.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.gateway.doctor.Finding.Verdict;
import dev.tandem.gateway.doctor.MachineCheck;
import dev.tandem.store.Machine;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What `tandem doctor` finds, and that it says what to do. */
class DoctorTest {
    @TempDir Path home;

    private final StringWriter out = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    private int run(String... arguments) {
        environment.putIfAbsent("TANDEM_HOME", home.toString());
        environment.putIfAbsent("TANDEM_PORT", "0");
        Screen screen =
                new Screen(new PrintWriter(out, true), new PrintWriter(new StringWriter()), false);
        Inputs inputs = new Inputs(Map.of(), environment, home, Machine.here(), null);
        EngineLoader loader =
                (library, model, settings, wanted) -> {
                    throw new CommandException("The model is of another kind.");
                };
        return new CommandLine(new Doctor(screen, inputs, loader)).execute(arguments);
    }

    @Test
    void aFreshMachineIsReadyForAStart() {
        assertThat(run()).isZero();

        assertThat(out.toString())
                .containsPattern("ok +settings +Every setting can be used\\.")
                .containsPattern("ok +port +127\\.0\\.0\\.1:0 is free\\.")
                .containsPattern("warning +model +.*SmolLM2.* is not here yet\\.")
                .contains("→ `tandem serve` fetches it");
        try (var files = Files.list(home)) {
            assertThat(files).isEmpty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyWrongSettingIsAProblem() {
        environment.put("TANDEM_SLOTS", "many");
        environment.put("TANDEM_OTLP_HEADERS", "hunter2");

        assertThat(run()).isEqualTo(1);

        assertThat(out.toString())
                .contains("TANDEM_SLOTS: 'many'", "TANDEM_OTLP_HEADERS: it is not name=value")
                .doesNotContain("hunter2");
    }

    @Test
    void aPortThatIsTakenIsAProblem() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("TANDEM_PORT", String.valueOf(taken.getLocalPort()));

            assertThat(run()).isEqualTo(1);
        }
        assertThat(out.toString()).contains("cannot be listened on", "→ ");
    }

    @Test
    void aModelThatIsNoneAndOneThatDoesNotLoadAreProblems() throws Exception {
        Path wrong = Files.writeString(home.resolve("m.gguf"), "PK..");
        environment.put("TANDEM_MODEL", wrong.toString());
        environment.put("TANDEM_LLAMA_HOME", home.toString());

        assertThat(run("--json")).isEqualTo(1);

        try (JsonReader reader = Json.createReader(new StringReader(out.toString()))) {
            List<JsonObject> findings =
                    reader.readObject().getJsonArray("findings").getValuesAs(JsonObject.class);
            assertThat(findings)
                    .filteredOn(finding -> finding.getString("verdict").equals("problem"))
                    .extracting(finding -> finding.getString("about"))
                    .containsExactly("model", "load");
        }
    }

    @Test
    void aReceiverAndARedisThatAreAwayAreTold() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        environment.put("TANDEM_OTLP_ENDPOINT", "http://127.0.0.1:" + port);
        environment.put("TANDEM_REDIS_URL", "redis://:secret@127.0.0.1:" + port);

        assertThat(run("--quick")).isEqualTo(1);

        assertThat(out.toString())
                .containsPattern("warning +otlp +127\\.0\\.0\\.1:\\d+ does not answer")
                .containsPattern("problem +redis +127\\.0\\.0\\.1:\\d+ does not answer")
                .doesNotContain("secret");
    }

    @Test
    void aReceiverThatAnswersIsWell() throws Exception {
        HttpServer receiver =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/v1/traces",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        receiver.start();
        environment.put(
                "TANDEM_OTLP_ENDPOINT", "http://127.0.0.1:" + receiver.getAddress().getPort());

        int code = run();
        receiver.stop(0);

        assertThat(code).isZero();
        assertThat(out.toString()).containsPattern("ok +otlp +127\\.0\\.0\\.1:\\d+ takes spans");
    }

    @Test
    void aSmallMachineIsTold() {
        List<Finding> findings = new MachineCheck(1L << 30, 1, 256, false).look(1L << 30, 4);

        assertThat(findings).extracting(Finding::verdict).containsOnly(Verdict.WARNING);
        assertThat(findings).allMatch(finding -> !finding.advice().isEmpty());
    }
}
