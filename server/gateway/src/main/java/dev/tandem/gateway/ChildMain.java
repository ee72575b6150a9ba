package dev.tandem.gateway;

import dev.tandem.gateway.cli.Screen;
import dev.tandem.gateway.cli.Tandem;
import dev.tandem.remote.child.ParentProcess;
import dev.tandem.runtime.Server;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Where the program begins as a child of itself: it tells its parent the port, says nothing else
 * but what goes wrong, and ends with its parent.
 */
public final class ChildMain {
    private ChildMain() {}

    /** Runs the command and ends the process with its exit code, or when the parent is gone. */
    public static void main(String[] args) {
        ParentProcess.endWith(System.in);
        Screen screen = Screen.ofProcess();
        System.exit(
                Tandem.run(
                        args,
                        new Screen(new PrintWriter(Writer.nullWriter()), screen.err(), false),
                        (live, models) -> {
                            Server server = Main.open(live, models);
                            ParentProcess.tell(screen.out(), server.port());
                            return server;
                        },
                        new LlamaLoader(),
                        new MiniLmLoader()));
    }
}
