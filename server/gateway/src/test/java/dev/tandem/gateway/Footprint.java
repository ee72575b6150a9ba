package dev.tandem.gateway;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param threads of the platform
 * @param virtualThreads all that live
 * @param files descriptors that are open; 0 where the system does not tell
 * @param heapMib used after a collection
 */
record Footprint(int threads, int virtualThreads, int files, long heapMib) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static Footprint now() {
        System.gc();
        return new Footprint(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                virtual(),
                descriptors(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
    }

    /** Not more than before, but for what a busy process always has in flight. */
    boolean within(Footprint before, int moreThreads, int moreFiles, int moreMib) {
        return threads <= before.threads + moreThreads
                && virtualThreads <= before.virtualThreads + moreThreads
                && files <= before.files + moreFiles
                && heapMib <= before.heapMib + moreMib;
    }

    private static int virtual() {
        try {
            Path folder = Files.createTempDirectory("threads");
            Path dump = folder.resolve("dump.txt");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(
                            dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            try (Stream<String> lines = Files.lines(dump)) {
                int count =
                        (int)
                                lines.filter(line -> line.startsWith("#"))
                                        .filter(line -> line.contains(" virtual"))
                                        .count();
                Files.delete(dump);
                Files.delete(folder);
                return count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(DESCRIPTORS)) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
