package dev.tandem.remote.child;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a child and its parent have agreed on, seen from the child.
 *
 * <ul>
 *   <li>The environment says where to listen ({@code TANDEM_HOST}, {@code TANDEM_PORT}: a free port
 *       of the loopback) and whom to serve: {@code TANDEM_API_KEYS} has the hash of a key that the
 *       parent alone knows, another for each start.
 *   <li>The child tells its port in a line of its standard output.
 *   <li>It has one model, which may be called {@code default}.
 *   <li>Its standard input never has anything to read, and ends when the parent is gone, however
 *       that ended: then the child ends too.
 * </ul>
 */
public final class ParentProcess {
    /** How a child ends whose parent is gone. */
    static final int ORPHANED = 3;

    /** What requests call the child's model. */
    static final String MODEL = "default";

    private static final String PORT = "tandem-child listens on port ";

    private ParentProcess() {}

    /** Where a child listens, and for whom. */
    static Map<String, String> environment(String keyHash) {
        return Map.of(
                "TANDEM_HOST", "127.0.0.1",
                "TANDEM_PORT", "0",
                "TANDEM_API_KEYS", "parent:sha256:" + keyHash);
    }

    /**
     * Ends this process at once when the input ends: for the child, at its very begin.
     *
     * @param input the standard input; nobody else may read it
     */
    public static void endWith(InputStream input) {
        Thread.ofPlatform()
                .daemon()
                .name("parent")
                .start(() -> {
                    awaitEnd(input);
                    Runtime.getRuntime().halt(ORPHANED); // nobody waits for anything any more
                });
    }

    private static void awaitEnd(InputStream input) {
        byte[] ignored = new byte[64];
        try {
            int read = input.read(ignored);
            while (read >= 0) {
                read = input.read(ignored);
            }
        } catch (IOException e) {
            // as good as its end
        }
    }

    /** Tells the parent where this process listens: for the child, as soon as it does. */
    public static void tell(PrintWriter standardOutput, int port) {
        standardOutput.println(PORT + port);
        standardOutput.flush();
    }

    /** The port that a line of a child's output tells. */
    static OptionalInt port(String line) {
        if (!line.startsWith(PORT) || !line.substring(PORT.length()).matches("[0-9]{1,5}")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(line.substring(PORT.length())));
    }
}
