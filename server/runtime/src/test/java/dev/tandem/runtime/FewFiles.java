package dev.tandem.runtime;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server in a process of its own that opens all files it may, and closes them, when told. */
final class FewFiles {
    private FewFiles() {}

    /**
     * Reads lines: {@code take}, {@code take again} and {@code free}; answers each with its words.
     */
    public static void main(String[] arguments) throws IOException {
        List<FileChannel> files = new ArrayList<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (Server server = Server.builder().drainLimit(Duration.ZERO).start()) {
            out.println("listens on " + server.port() + " now");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("take")) {
                    take(files);
                } else {
                    free(files);
                }
                out.println(line + " done");
            }
        }
    }

    private static void take(List<FileChannel> files) {
        try {
            while (true) {
                files.add(FileChannel.open(Path.of("/dev/null")));
            }
        } catch (IOException e) {
            // there are no more
        }
    }

    private static void free(List<FileChannel> files) throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
        files.clear();
    }
}
