package dev.tandem.gateway;

import dev.tandem.gateway.cli.CommandException;
import dev.tandem.gateway.cli.EngineLoader;
import dev.tandem.gateway.config.AdmissionSection;
import dev.tandem.gateway.config.EngineSection;
import dev.tandem.gateway.config.Settings;
import dev.tandem.llamacpp.LlamaEngine;
import dev.tandem.llamacpp.gguf.BadModelFile;
import dev.tandem.llamacpp.loop.BudgetExceeded;
import dev.tandem.llamacpp.loop.EngineFailure;
import dev.tandem.llamacpp.loop.ModelOptions;
import dev.tandem.llamacpp.natives.LibraryUnusable;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.llamacpp.template.TemplateException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;

/** Loads a GGUF file with llama.cpp, and tells in the words of the settings why it cannot. */
final class LlamaLoader implements EngineLoader {

    @Override
    public Loaded load(Path llamaHome, Path model, Settings settings) throws CommandException {
        try {
            LlamaLibrary library = LlamaLibrary.open(llamaHome);
            LlamaEngine engine =
                    LlamaEngine.load(
                            library,
                            model,
                            options(settings),
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

    private static ModelOptions options(Settings settings) {
        EngineSection engine = settings.get(EngineSection.SECTION);
        return ModelOptions.defaults()
                .withContextPerSlot(engine.context())
                .withSlots(engine.slots())
                .withThreads(engine.threads())
                .withQueueLimit(engine.queue())
                .withMemoryBudget(engine.memoryBytes())
                .withLongestWait(settings.get(AdmissionSection.SECTION).capacity().longestWait());
    }

    private static String settingsWords(RuntimeException failure) {
        return String.valueOf(failure.getMessage())
                .replace("contextPerSlot", "TANDEM_CONTEXT")
                .replace("lower TANDEM_CONTEXT or slots", "lower TANDEM_CONTEXT or TANDEM_SLOTS")
                .replace("memoryBudget", "TANDEM_MEMORY");
    }
}
