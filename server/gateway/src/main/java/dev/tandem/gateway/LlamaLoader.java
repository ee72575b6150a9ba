package dev.tandem.gateway;

import dev.tandem.gateway.child.ChildCommand;
import dev.tandem.gateway.cli.CommandException;
import dev.tandem.gateway.cli.EngineLoader;
import dev.tandem.gateway.config.AdmissionSection;
import dev.tandem.gateway.config.EngineSection;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.engine.LlamaSettings;
import dev.tandem.llamacpp.LlamaEngine;
import dev.tandem.llamacpp.gguf.BadModelFile;
import dev.tandem.llamacpp.loop.BudgetExceeded;
import dev.tandem.llamacpp.loop.EngineFailure;
import dev.tandem.llamacpp.loop.ModelOptions;
import dev.tandem.llamacpp.natives.LibraryUnusable;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.llamacpp.template.TemplateException;
import dev.tandem.remote.child.ChildEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

/** Loads a GGUF file with llama.cpp, and tells in the words of the settings why it cannot. */
final class LlamaLoader implements EngineLoader {
    @Override
    public Loaded load(Path llamaHome, Path model, Settings settings, LlamaSettings wanted)
            throws CommandException {
        if (wanted.place() == LlamaSettings.Place.CHILD) {
            return child(llamaHome, model, settings, wanted);
        }
        try {
            LlamaLibrary library = LlamaLibrary.open(llamaHome);
            LlamaEngine engine =
                    LlamaEngine.load(
                            library,
                            model,
                            options(settings, wanted),
                            Clock.system(ZoneId.systemDefault()));
            return new Loaded(engine, engine.model().memory().describe());
        } catch (LibraryUnusable e) {
            throw new CommandException(
                    "llama.cpp's library cannot be used: " + settingsWords(e) + ".", e);
        } catch (BadModelFile | EngineFailure e) {
            throw new CommandException(
                    "The model cannot be used: %s. TANDEM_MODEL names another."
                            .formatted(settingsWords(e)),
                    e);
        } catch (TemplateException e) {
            throw new CommandException(
                    "The chat template in %s cannot be used: %s. TANDEM_MODEL names another model."
                            .formatted(model.getFileName(), settingsWords(e)),
                    e);
        } catch (BudgetExceeded | IllegalArgumentException e) {
            throw new CommandException(
                    "The model %s does not fit the settings: %s."
                            .formatted(model.getFileName(), settingsWords(e)),
                    e);
        }
    }

    /** Its model is loaded there; until then calls are told so. */
    private static Loaded child(
            Path llamaHome, Path model, Settings settings, LlamaSettings wanted) {
        return new Loaded(
                ChildEngine.start(
                        ChildCommand.of(
                                String.valueOf(model.getFileName()),
                                llamaHome,
                                model,
                                section(settings, wanted),
                                longestWait(settings))),
                model.getFileName() + " in a child process");
    }

    private static ModelOptions options(Settings settings, LlamaSettings wanted) {
        EngineSection engine = section(settings, wanted);
        return new ModelOptions(
                engine.context(),
                engine.slots(),
                engine.threads(),
                engine.queue(),
                engine.memoryBytes(),
                engine.gpu().layers(),
                engine.gpu().main(),
                longestWait(settings));
    }

    private static EngineSection section(Settings settings, LlamaSettings wanted) {
        EngineSection engine = settings.get(EngineSection.SECTION);
        return new EngineSection(
                wanted.context().orElse(engine.context()),
                wanted.slots().orElse(engine.slots()),
                wanted.threads().orElse(engine.threads()),
                wanted.queue().orElse(engine.queue()),
                wanted.memory().orElse(engine.memoryBytes()),
                new EngineSection.Gpu(
                        wanted.gpuLayers().orElse(engine.gpu().layers()), engine.gpu().main()));
    }

    private static Duration longestWait(Settings settings) {
        return settings.get(AdmissionSection.SECTION).capacity().longestWait();
    }

    private static String settingsWords(RuntimeException failure) {
        return String.valueOf(failure.getMessage())
                .replace("contextPerSlot", "TANDEM_CONTEXT")
                .replace("lower TANDEM_CONTEXT or slots", "lower TANDEM_CONTEXT or TANDEM_SLOTS")
                .replace("memoryBudget", "TANDEM_MEMORY");
    }
}
