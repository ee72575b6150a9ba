package dev.tandem.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of other languages. */
final class Commands {
    /** Where what they need is installed. */
    static final Path ROOM = Path.of("target", "tools").toAbsolutePath();

    /** No SDK calls home, or fetches what it has in the package. */
    private static final Map<String, String> QUIET =
            Map.of(
                    "LANGSMITH_TRACING", "false",
                    "LANGCHAIN_TRACING_V2", "false",
                    "LITELLM_LOCAL_MODEL_COST_MAP", "True",
                    "PIP_DISABLE_PIP_VERSION_CHECK", "1",
                    "PYTHONDONTWRITEBYTECODE", "1");

    private Commands() {}

    /** Runs a command to its good end and returns what it printed. */
    static String run(Path folder, List<String> command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(QUIET);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(command + "\n" + text).isZero();
        return text;
    }
}
