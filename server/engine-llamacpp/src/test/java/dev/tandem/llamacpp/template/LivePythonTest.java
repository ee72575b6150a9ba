package dev.tandem.llamacpp.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs Python beside the interpreter. Without a Python, or a package index to get Jinja2 from, it
 * is skipped; where CI=true is set it fails instead. {@code -Dtandem.templates=FOLDER} compares
 * further templates: files *.jinja, and those inside of *.gguf and tokenizer_config.json.
 */
class LivePythonTest {
    @TempDir Path results;

    @BeforeAll
    static void setUpPython() throws IOException, InterruptedException {
        Optional<String> missing = Python.missing();
        boolean required = "true".equals(System.getenv("CI")) || Boolean.getBoolean("CI");
        if (missing.isPresent() && required) {
            fail("Jinja2 could not be set up, and CI=true requires it: " + missing.get());
        }
        assumeTrue(
                missing.isEmpty(),
                () -> "skipped, no Python with Jinja2 here: " + missing.orElse(""));
    }

    @Test
    void theCommittedTruthIsWhatPythonSaysNow() throws IOException, InterruptedException {
        Truth now = Python.render(Python.ownTemplates(), results.resolve("truth.json"));

        assertThat(now).isEqualTo(Truth.committed());
    }

    @Test
    void templatesOfTheNamedFolderRenderAsInPython() throws IOException, InterruptedException {
        String folder = System.getProperty("tandem.templates");
        assumeTrue(
                folder != null,
                "skipped: name a folder of templates with -Dtandem.templates=FOLDER");

        Agreement agreement =
                Agreement.of(Python.render(Path.of(folder), results.resolve("truth.json")));

        assertThat(agreement.outputs()).isPositive();
        assertThat(agreement.differences()).as(agreement.summary()).isEmpty();
    }
}
