package dev.tandem.clients;

import dev.tandem.testtools.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A language with a runner.
 *
 * @param letter stands for it in the table
 */
record Language(String name, String letter, Start start) {

    /** Builds what is to be built. Skips the test where a tool is missing. */
    interface Start {
        Command command() throws IOException;
    }

    static List<Language> all() {
        return List.of(
                new Language("Java", "J", Language::java),
                new Language("Python", "P", Python::runner),
                new Language("TypeScript", "T", Language::typeScript),
                new Language("Go", "G", Go::runner));
    }

    private static Command typeScript() throws IOException {
        return Command.of("node", "build/conformance/runner.js").in(TypeScript.built());
    }

    private static Command java() {
        return Command.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tandem.clients.runner.JavaRunner");
    }
}
