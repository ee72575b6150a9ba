package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.AuthSection;
import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** API keys in a file: makes, lists, shows and revokes them. */
@Command(
        name = "keys",
        description = {
            "Makes and revokes API keys, in the file that auth.keys_file (TANDEM_KEYS_FILE) or --file"
                    + " names.",
            "A running server that reads the file sees changes within seconds."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class Keys {
    @Option(
            names = "--file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The file of keys. Default: auth.keys_file of the settings.")
    private @Nullable Path file;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON, for programs.")
    private boolean json;

    boolean json() {
        return json;
    }

    List<KeyEntry> read() throws CommandException {
        Path path = path();
        try {
            return new KeyStore(path).read();
        } catch (IOException | IllegalArgumentException e) {
            throw failed(path, e);
        }
    }

    /** Changes the file; a change that throws {@link NoChange} leaves it and tells its message. */
    void update(UnaryOperator<List<KeyEntry>> change) throws CommandException {
        Path path = path();
        try {
            new KeyStore(path).update(change);
        } catch (NoChange e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        } catch (IOException | IllegalArgumentException e) {
            throw failed(path, e);
        }
    }

    private Path path() throws CommandException {
        return Optional.ofNullable(file)
                .or(Keys::ofSettings)
                .map(Path::toAbsolutePath)
                .orElseThrow(() ->
                        new CommandException(
                                "Name the file of keys: set auth.keys_file (TANDEM_KEYS_FILE), or"
                                        + " --file."));
    }

    /** By the settings, which may be wrong elsewhere; the file need not be there yet. */
    private static Optional<Path> ofSettings() {
        return Configuration.read(Inputs.ofProcess())
                .find(AuthSection.SECTION)
                .flatMap(AuthSection::keysFile);
    }

    private static CommandException failed(Path path, Exception why) {
        return new CommandException(path + ": " + why.getMessage(), why);
    }

    /** How a key is now, in a word or two. */
    static String state(KeyEntry entry, Instant now) {
        if (entry.revoked() != null) {
            return "revoked";
        }
        if (entry.expiredAt(now)) {
            return "expired";
        }
        return entry.expires() == null ? "valid" : "valid until " + entry.expires();
    }

    /** A change that cannot be made. */
    static final class NoChange extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoChange(String message) {
            super(message);
        }
    }
}
