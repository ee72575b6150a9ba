package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.SettingsException;
import dev.tandem.gateway.config.StoreSection;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.store.Machine;
import dev.tandem.store.Store;
import dev.tandem.store.StoreException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches before it is needed. */
@Command(
        name = "pull",
        description = {
            "Fetches a GGUF file over https into the store; a download that broke off goes on.",
            "Without an address: the default model and llama.cpp's library, where they are missing."
        },
        mixinStandardHelpOptions = true)
final class Pull implements Callable<Integer> {
    private final Screen screen;

    @Parameters(arity = "0..1", paramLabel = "ADDRESS", description = "https://…/model.gguf")
    private @Nullable URI address;

    @Option(
            names = "--sha256",
            paramLabel = "HEX",
            description = "What the file's SHA-256 must be; 64 hexadecimal digits.")
    private @Nullable String sha256;

    Pull(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call()
            throws SettingsException, StoreException, InterruptedException, CommandException {
        Settings settings = Configuration.read(Inputs.ofProcess()).settings();
        Store store =
                new Store(
                        settings.get(StoreSection.SECTION).storage(),
                        screen.progress(),
                        Machine.here(),
                        System.getenv().getOrDefault("PATH", ""));
        if (address == null) {
            screen.out().println(store.defaultModel(true));
            screen.out().println(store.llama());
        } else {
            screen.out().println(store.pull(address, sum()));
            screen.err().println("To serve it, set TANDEM_MODEL to this path.");
        }
        return 0;
    }

    private Optional<String> sum() throws CommandException {
        if (sha256 == null) {
            return Optional.empty();
        }
        String lower = sha256.strip().toLowerCase(Locale.ROOT);
        if (!lower.matches("[0-9a-f]{64}")) {
            throw new CommandException("--sha256 takes 64 hexadecimal digits.");
        }
        return Optional.of(lower);
    }
}
