package dev.tandem.clients;

import dev.tandem.testtools.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The client for Go. */
final class Go {
    /** The modules: the client, and its runner. */
    static final List<Path> MODULES = List.of(folder("../go"), folder("../go/conformance"));

    private Go() {}

    /** The program that makes the calls of the conformance tests, built below {@code target}. */
    static Command runner() throws IOException {
        Path program = Files.createDirectories(folder("target/tools")).resolve("go-runner");
        command(MODULES.getLast(), "build", "-o", program.toString(), ".").output();
        return Command.of(program.toString());
    }

    /** A command of the module, which changes nothing in it. */
    static Command command(Path module, String... words) {
        List<String> all = new ArrayList<>(List.of("go"));
        all.addAll(Arrays.asList(words));
        return Command.of(all).in(module).with("GOFLAGS", "-mod=readonly");
    }

    private static Path folder(String name) {
        return Path.of(name).toAbsolutePath().normalize();
    }
}
