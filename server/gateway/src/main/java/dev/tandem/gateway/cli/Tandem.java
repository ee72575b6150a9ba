package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.store.Store;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: its commands and their exit codes. */
@Command(
        name = "tandem",
        description = "Serves language models over gRPC and REST on one port.",
        mixinStandardHelpOptions = true,
        versionProvider = Tandem.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Settings come from tandem.yaml, TANDEM_… variables and flags; docs/configuration.md lists them.",
            "Exit codes: 0 done, 1 it failed, 2 the command line or a setting is wrong."
        })
public final class Tandem {
    /** It failed. */
    static final int FAILED = 1;

    /** The command line or a setting is wrong. */
    static final int WRONG_USE = 2;

    private Tandem() {}

    /**
     * Runs one command to its end.
     *
     * @param front puts a server in front of the models
     * @param loader loads the engine inside the program
     * @param embeddings opens the embedding model inside the program
     * @return the exit code
     */
    public static int run(
            String[] args,
            Screen screen,
            Front front,
            EngineLoader loader,
            EmbeddingLoader embeddings) {
        CommandLine program =
                new CommandLine(new Tandem())
                        .addSubcommand(new Serve(screen, front, loader, embeddings))
                        .addSubcommand(new Chat(screen))
                        .addSubcommand(new Pull(screen))
                        .addSubcommand(new ListModels(screen))
                        .addSubcommand(new ConfigCommand(screen))
                        .addSubcommand(new Doctor(screen, Inputs.ofProcess(), loader))
                        .addSubcommand(
                                new CommandLine(new Keys())
                                        .addSubcommand(new CreateKey(screen))
                                        .addSubcommand(new ListKeys(screen))
                                        .addSubcommand(new ShowKey(screen))
                                        .addSubcommand(new RevokeKey(screen)))
                        .setOut(screen.out())
                        .setErr(screen.err())
                        .setUsageHelpAutoWidth(true)
                        .setExecutionExceptionHandler(new Failures(screen.err()));
        program.setParameterExceptionHandler(
                SecretFlag.handler(program.getParameterExceptionHandler()));
        withSettings(program, args);
        if (args.length == 0) {
            program.usage(screen.out());
            return WRONG_USE;
        }
        return program.execute(args);
    }

    /**
     * The flags of all settings, for the commands that take them; made only where they are used.
     */
    private static void withSettings(CommandLine program, String[] args) {
        String first = args.length == 0 ? "" : args[0];
        program.getSubcommands()
                .forEach((name, command) -> {
                    if (name.equals(first) && List.of("serve", "doctor").contains(name)) {
                        SettingFlags.addTo(command.getCommandSpec());
                    } else if (name.equals(first) && name.equals("config")) {
                        command.getSubcommands()
                                .forEach((inner, its) -> {
                                    if (ConfigCommand.TAKES_SETTINGS.contains(inner)) {
                                        SettingFlags.addTo(its.getCommandSpec());
                                    }
                                });
                    }
                });
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version =
                    Optional.ofNullable(Tandem.class.getPackage().getImplementationVersion())
                            .orElse("(not from a distribution)");
            return new String[] {
                "tandem " + version,
                "llama.cpp: npm packages @node-llama-cpp/* " + Store.LLAMA_VERSION,
                "Java " + Runtime.version()
            };
        }
    }
}
