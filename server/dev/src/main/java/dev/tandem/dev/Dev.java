package dev.tandem.dev;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The program: {@code java -cp <the service's class path and this> dev.tandem.dev.Dev
 * --main=com.example.people.Main}. {@code ./mvnw -Pdev} starts it.
 */
public final class Dev {
    private static final int WRONG_USE = 2;

    private Dev() {}

    /** Runs until Ctrl-C or SIGTERM. */
    public static void main(String[] args)
            throws IOException, InterruptedException, URISyntaxException {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Path own = Path.of(Dev.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try {
            DevOptions options =
                    DevOptions.of(
                            List.of(args),
                            System.getenv(),
                            System.getProperty("java.class.path"),
                            own);
            DevLoop loop = new DevLoop(options, out);
            Runtime.getRuntime().addShutdownHook(new Thread(loop::end, "end of the service"));
            loop.run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            out.println("dev: " + e.getMessage());
            System.exit(WRONG_USE);
        }
    }
}
