package dev.tandem.remote.child;

import dev.tandem.remote.OtherTandem;
import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.v1.ChatRequest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A child's program, whose model does what the request says. */
public final class ScriptedChild {
    private ScriptedChild() {}

    /** The command that starts it. */
    static List<String> command(String... arguments) {
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ScriptedChild.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Serves until it is told to stop, or its parent is gone.
     *
     * @param args {@code broken}: ends at once; {@code mute}: never tells its port
     */
    public static void main(String[] args) throws Exception {
        PrintWriter out =
                new PrintWriter(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        List<String> told = List.of(args);
        if (told.contains("broken")) {
            out.println("the model cannot be used");
            System.exit(1);
        }
        ParentProcess.endWith(System.in);
        KeyEntry key =
                new KeyEntry(
                        "parent",
                        new KeyHash(System.getenv("TANDEM_API_KEYS").split(":", 3)[2]),
                        Set.of("inference", "models.read"),
                        Map.of(),
                        Instant.EPOCH,
                        null,
                        null);
        OtherTandem server =
                OtherTandem.with(
                        new ScriptedEngine(ScriptedChild::script),
                        builder ->
                                builder.authenticators(
                                        List.of(ApiKeys.of(List.of(key), InstantSource.system()))));
        if (!told.contains("mute")) {
            ParentProcess.tell(out, server.server().port());
        }
        new CountDownLatch(1).await();
    }

    private static Script script(ChatRequest request) {
        String wanted = request.getMessages(0).getContent(0).getText();
        return switch (wanted) {
            case "flood" -> Script.empty().flood("more ");
            case "environment" -> Script.saying(environment());
            case "die" -> {
                Runtime.getRuntime().halt(134);
                throw new AssertionError("halted");
            }
            default -> Script.saying("a", "b");
        };
    }

    private static String environment() {
        return System.getenv()
                + " in "
                + Path.of("").toAbsolutePath()
                + " with "
                + Files.exists(Path.of("tandem.yaml"));
    }
}
