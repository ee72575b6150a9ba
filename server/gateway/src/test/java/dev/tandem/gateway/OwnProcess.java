package dev.tandem.gateway;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A server of a test's in a process of its own, with the test's class path. */
public final class OwnProcess {
    private static final String LISTENING = "listening";

    private OwnProcess() {}

    /** The process tells that it listens: for its main method. */
    public static PrintWriter listening() {
        PrintWriter out =
                new PrintWriter(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println(LISTENING);
        return out;
    }

    /**
     * Starts one and waits until it listens.
     *
     * @param options of the virtual machine
     */
    public static Process start(List<String> options, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(options);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(LISTENING)) {
                return process;
            }
        }
        throw new AssertionError("the server did not start");
    }
}
