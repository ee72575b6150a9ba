package dev.tandem.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.microsoft.playwright.Page;
import dev.tandem.testtools.Chromium;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.ServedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client for TypeScript: its own tests, against the served models. */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(OneServer.class)
class TypeScriptClientIT {
    private static final Path ERRORS = Path.of("..", "..", "docs", "errors.md").toAbsolutePath();

    private final ServedGateway server;

    TypeScriptClientIT(ServedGateway server) {
        this.server = server;
    }

    @Test
    void itsOwnTestsPass(Secured secured) throws Exception {
        Path folder = TypeScript.built();
        String told =
                secured.known(Command.of(tests(folder)))
                        .in(folder)
                        .with("TANDEM_ADDRESS", server.address())
                        .with("TANDEM_DOCS_ERRORS", ERRORS.toString())
                        .output();

        assertThat(told).contains("# fail 0", "# skipped 0").doesNotContain("# pass 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "grpc-web"})
    void itsHalfForBrowsersWorksInChromium(String protocol) throws Exception {
        Path folder = TypeScript.built();
        Command.of(
                        "node_modules/.bin/esbuild",
                        "build/test/browser.js",
                        "--bundle",
                        "--format=iife",
                        "--log-level=warning",
                        "--outfile=build/page.js")
                .in(folder)
                .output();
        try (Chromium chromium = new Chromium()) {
            Page page = chromium.page("http://" + server.address()).open("/docs").page();
            page.evaluate(Files.readString(folder.resolve("build/page.js")));

            assertThat(page.evaluate("tandem.said('" + protocol + "')"))
                    .asInstanceOf(LIST)
                    .hasSizeGreaterThan(1)
                    .anyMatch(token -> token.toString().contains("Paris"));
            assertThat(page.evaluate("tandem.left('" + protocol + "')"))
                    .asString()
                    .contains("Paris");
            assertThat(page.evaluate("tandem.refused('" + protocol + "')"))
                    .isEqualTo(
                            List.of(
                                    "INVALID_ARGUMENT",
                                    "validation_failed",
                                    "messages",
                                    "temperature"));
        }
    }

    @Test
    void itsCodeIsTidy() throws Exception {
        Path folder = TypeScript.copied();

        Command.of("node_modules/.bin/biome", "ci", "--error-on-warnings").in(folder).output();
    }

    private static List<String> tests(Path folder) throws IOException {
        try (Stream<Path> tests = Files.list(folder.resolve("build/test"))) {
            return Stream.concat(
                            Stream.of("node", "--test", "--test-reporter=tap"),
                            tests.map(Path::toString).filter(name -> name.endsWith(".test.js")))
                    .toList();
        }
    }
}
