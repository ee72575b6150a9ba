package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.Sections;
import dev.tandem.gateway.config.SettingsException;
import dev.tandem.gateway.config.page.Listing;
import dev.tandem.gateway.config.page.Sample;
import dev.tandem.gateway.config.page.Schema;
import dev.tandem.gateway.config.source.Inputs;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What concerns the settings. */
@Command(
        name = "config",
        description = "Checks, shows and explains the settings.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand implements Runnable {
    /** The subcommands that have a flag for each setting. */
    static final Set<String> TAKES_SETTINGS = Set.of("check", "show");

    private final Screen screen;

    @Spec private @Nullable CommandSpec spec;

    ConfigCommand(Screen screen) {
        this.screen = screen;
    }

    /** Without a subcommand. */
    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(screen.out());
        }
    }

    @Command(
            name = "check",
            description = {
                "Tells everything that is wrong with the settings, and ends with exit code 2 then.",
                "What `serve` would refuse is refused; what it would note is noted."
            },
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "FILE",
                            description = "The file to check. Default: that of `serve`.")
                    @Nullable Path file)
            throws SettingsException {
        Inputs told = inputs("check");
        Configuration configuration = Configuration.read(file == null ? told : told.withFile(file));
        configuration.notes().forEach(screen.err()::println);
        var _ = configuration.settings();
        screen.out()
                .println(
                        configuration
                                .file()
                                .map(found -> found + ": nothing is wrong.")
                                .orElse("Nothing is wrong; there is no tandem.yaml."));
        return 0;
    }

    @Command(
            name = "show",
            description =
                    "Prints every setting: its value, secrets as ***, and where it came from.",
            mixinStandardHelpOptions = true)
    int show(@Option(names = "--json", description = "As a JSON object.") boolean json)
            throws SettingsException {
        Configuration configuration = Configuration.read(inputs("show"));
        configuration.notes().forEach(screen.err()::println);
        var _ = configuration.settings();
        Listing listing = new Listing(configuration);
        if (json) {
            screen.out().println(listing.json());
        } else {
            listing.lines().forEach(screen.out()::println);
        }
        return 0;
    }

    @Command(
            name = "schema",
            description = "Prints a JSON Schema of tandem.yaml, for editors.",
            mixinStandardHelpOptions = true)
    int schema() {
        screen.out().print(Schema.of(Sections.ALL));
        screen.out().flush();
        return 0;
    }

    @Command(
            name = "init",
            description = "Prints a tandem.yaml with every setting as a comment, with its default.",
            mixinStandardHelpOptions = true)
    int init() {
        screen.out().print(new Sample(Inputs.ofProcess()).of(Sections.ALL));
        screen.out().flush();
        return 0;
    }

    private Inputs inputs(String command) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets it");
        }
        CommandLine inner = spec.commandLine().getSubcommands().get(command);
        return inner == null ? Inputs.ofProcess() : SettingFlags.inputs(inner.getParseResult());
    }
}
