package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.cli.Screen;
import dev.tandem.gateway.cli.Tandem;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.tls.ClientAuth;
import dev.tandem.runtime.tls.TlsSettings;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Programs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway with TLS, its files made by the commands of docs/tls.md; its own client commands. */
class TlsGatewayTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "tls.md");

    @TempDir Path folder;

    private void run(String name) throws Exception {
        Programs.needs("openssl");
        Matcher block =
                Pattern.compile("<!-- tested: " + name + " -->\n```sh\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        Command.of("sh", "-ec", block.group(1)).in(folder).output();
    }

    private TlsSettings pair() {
        return TlsSettings.of(folder.resolve("server.pem"), folder.resolve("server.key"));
    }

    private static Server serve(TlsSettings tls) {
        return serve(Optional.of(tls));
    }

    private static Server serve(Optional<TlsSettings> tls) {
        ScriptedEngine engine = new ScriptedEngine(Script.saying("hi"));
        Models models =
                new Models(
                        List.of(new ServedModel("tiny", engine, "own", Instant.EPOCH)), Map.of());
        GatewaySettings settings =
                GatewaySettings.ofLoopback()
                        .with(Listening.onLoopback(0).withTls(tls))
                        .with(Stopping.within(Duration.ZERO));
        return new Gateway(settings, models, (call, took) -> {}).start();
    }

    private String curl(Server server, String... more) throws Exception {
        Programs.needs("curl");
        return Command.of(
                        "sh",
                        "-ec",
                        "curl -sS --cacert server.pem "
                                + String.join(" ", more)
                                + " https://localhost:"
                                + server.port()
                                + "/v1/models")
                .in(folder)
                .output();
    }

    /** What the command printed; its exit code before it. */
    private String tandem(Server server, String... more) {
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed, true);
        String[] arguments =
                Stream.concat(
                                Stream.of(
                                        "models",
                                        "--host",
                                        "localhost",
                                        "--port",
                                        String.valueOf(server.port())),
                                Stream.of(more))
                        .toArray(String[]::new);
        int exit =
                Tandem.run(
                        arguments,
                        new Screen(out, out, false),
                        (settings, models) -> server,
                        (llama, model, settings, wanted) -> {
                            throw new AssertionError("not asked for");
                        },
                        settings -> Optional.empty());
        return exit + " " + printed;
    }

    @Test
    void theCommandsOfThePageWork() throws Exception {
        run("pair");
        try (Server server = serve(pair())) {
            assertThat(curl(server)).contains("\"tiny\"");
            assertThat(tandem(server, "--ca", folder.resolve("server.pem").toString()))
                    .startsWith("0 tiny");
            assertThat(tandem(server, "--tls"))
                    .startsWith("1 TLS with the server at localhost:")
                    .contains("unable to find valid certification path");
            assertThat(tandem(server, "--cert", "a.pem")).startsWith("1 ").contains("go together");
            assertThat(tandem(server))
                    .isEqualTo(
                            "1 The server at localhost:%d speaks TLS; add --tls, or --ca FILE for a"
                                            .formatted(server.port())
                                    + " certificate of your own."
                                    + System.lineSeparator());
        }
    }

    @Test
    void tlsToAPortWithoutIsExplained() {
        try (Server server = serve(Optional.empty())) {
            assertThat(tandem(server)).startsWith("0 tiny");
            assertThat(tandem(server, "--tls"))
                    .isEqualTo(
                            "1 The server at localhost:%d speaks no TLS; leave out --tls, --ca,"
                                            .formatted(server.port())
                                    + " --cert and --key."
                                    + System.lineSeparator());
        }
    }

    @Test
    void soDoThoseForClientsWithCertificates() throws Exception {
        run("pair");
        run("client");
        try (Server server =
                serve(pair().withClientCa(folder.resolve("clients.pem"), ClientAuth.REQUIRED))) {
            String ca = folder.resolve("server.pem").toString();
            assertThat(curl(server, "--cert ada.pem --key ada.key")).contains("\"tiny\"");
            assertThat(
                            tandem(
                                    server,
                                    "--ca",
                                    ca,
                                    "--cert",
                                    folder.resolve("ada.pem").toString(),
                                    "--key",
                                    folder.resolve("ada.key").toString()))
                    .startsWith("0 tiny");
            assertThat(tandem(server, "--ca", ca)).startsWith("1 ");
        }
    }
}
