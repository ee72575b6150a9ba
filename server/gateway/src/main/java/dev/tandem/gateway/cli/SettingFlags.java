package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.Sections;
import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Setting;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.gateway.config.source.Sources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The flags of a command that takes settings: one for each, made from its declaration; for secrets
 * one that takes a file.
 */
final class SettingFlags {
    private SettingFlags() {}

    /** Adds them to a command. */
    static void addTo(CommandSpec command) {
        command.addOption(
                OptionSpec.builder(Sources.FILE_FLAG)
                        .paramLabel("FILE")
                        .arity("1")
                        .type(String.class)
                        .description(
                                "The file with the settings. Default: TANDEM_CONFIG, else tandem.yaml here, else"
                                        + " tandem.yaml in TANDEM_HOME.")
                        .build());
        Inputs inputs = Inputs.ofProcess();
        for (Section<?> section : Sections.ALL) {
            ArgGroupSpec.Builder group =
                    ArgGroupSpec.builder()
                            .validate(false)
                            .exclusive(false)
                            .heading("%n" + section.title() + "%n");
            section.settings().forEach(setting -> add(setting, group, inputs));
            command.addArgGroup(group.build());
        }
    }

    private static <T> void add(Setting<T> setting, ArgGroupSpec.Builder group, Inputs inputs) {
        Key<T> key = setting.key();
        if (key.type().secret()) {
            String file = Sources.flagOf(setting.variables().getLast());
            group.addArg(SecretFlag.of(setting));
            group.addArg(option(file, "A file with this secret. " + key.about()));
            return;
        }
        group.addArg(
                option(
                        setting.flag(),
                        key.about()
                                + " "
                                + key.type().allowed()
                                + ". Default: "
                                + key.fallbackWords(inputs)
                                + "."));
    }

    private static OptionSpec option(String name, String about) {
        return OptionSpec.builder(name)
                .paramLabel("VALUE")
                .arity("1")
                .type(String.class)
                .description(about.replace("`", "").replace("%", "%%"))
                .build();
    }

    /** What the process and the command line say. */
    static Inputs inputs(ParseResult parsed) {
        return inputs(parsed, Inputs.ofProcess());
    }

    /** What the command line says beside others. */
    static Inputs inputs(ParseResult parsed, Inputs others) {
        Map<String, String> flags = new HashMap<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            String value = option.typeInfo().getType() == String.class ? option.getValue() : null;
            if (value != null) {
                flags.put(option.longestName(), value);
            }
        }
        String file = flags.remove(Sources.FILE_FLAG);
        return others.withFlags(flags).withFile(file == null ? null : Path.of(file));
    }
}
