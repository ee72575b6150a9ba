package dev.tandem.gateway.cli;

import dev.tandem.store.Store;
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
            "Settings are environment variables, TANDEM_PORT and others; docs/configuration.md lists them.",
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
                        .setOut(screen.out())
                        .setErr(screen.err())
                        .setUsageHelpAutoWidth(true)
                        .setExecutionExceptionHandler(new Failures(screen.err()));
        if (args.length == 0) {
            program.usage(screen.out());
            return WRONG_USE;
        }
        return program.execute(args);
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
