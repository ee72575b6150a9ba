package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scripts of {@code src/test/connect}, made as docs/connect.md has it. */
final class PageScripts {
    private static final Path DOCS = Path.of("..", "..", "docs", "connect.md");

    private PageScripts() {}

    /** The folder with their packages. */
    static Path folder() throws IOException {
        return Installs.npm(Path.of("src", "test", "connect"));
    }

    /**
     * Makes {@code page.js} of a script and its packages, with messages that are generated from
     * what the server tells of itself. The types of all scripts are checked, the page's own among
     * them.
     */
    static void make(Path folder, int port, String script) throws IOException {
        String programs = folder.resolve("node_modules/.bin") + "/";
        String generate = block("generate", "sh").replace("127.0.0.1:8080", "127.0.0.1:" + port);
        Files.writeString(folder.resolve("example.ts"), block("browser", "ts"));
        Command.of("sh", "-ec", generate).in(folder).output();
        Command.of(programs + "tsc", "-p", ".").in(folder).output();
        Command.of(
                        programs + "esbuild",
                        script,
                        "--bundle",
                        "--format=esm",
                        "--log-level=warning",
                        "--outfile=page.js")
                .in(folder)
                .output();
    }

    private static String block(String name, String language) throws IOException {
        Matcher block =
                Pattern.compile(
                                "<!-- tested: " + name + " -->\n```" + language + "\n(.*?)```",
                                Pattern.DOTALL)
                        .matcher(Files.readString(DOCS));
        assertThat(block.find()).as(name).isTrue();
        return block.group(1);
    }
}
