package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.llamacpp.LlamaEngine;
import dev.tandem.testtools.Chromium;
import dev.tandem.testtools.WatchedPage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The script of docs/connect.md as it stands there, in a browser, with the model that is built in.
 */
@DisabledOnOs(OS.WINDOWS)
class BrowserDocsIT {
    @Test
    void theScriptOfThePageTalksWithTheModel() throws Exception {
        Path scripts = PageScripts.folder();
        try (Chromium chromium = new Chromium();
                LlamaEngine engine = RealFiles.engine();
                PageServer server =
                        new PageServer(
                                new Models(
                                        List.of(
                                                new ServedModel(
                                                        "smol", engine, "smol", Instant.EPOCH)),
                                        Map.of("default", "smol")),
                                Optional.empty(),
                                scripts)) {
            PageScripts.make(scripts, server.port(), "docs.ts");
            try (WatchedPage page = chromium.page(server.site()).open("/page")) {
                page.page().waitForFunction("() => window.loaded === true");
                talk(page);
            }
        }
    }

    private static void talk(WatchedPage page) {
        assertThat(
                        page.page()
                                .evaluate(
                                        "answer('Name the capital of France.').then((seen) => seen.join(''))"))
                .asString()
                .contains("Paris");
        assertThat(page.page().evaluate("firstWords('Tell a long story.')")).isEqualTo(1);
        assertThat(page.troubles()).isEmpty();
        assertThat(
                        page.page()
                                .evaluate(
                                        "answer('word '.repeat(20000)).then((seen) => seen.join(''))"))
                .asString()
                .contains("[invalid_argument]");
    }
}
