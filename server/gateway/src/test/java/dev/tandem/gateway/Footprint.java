package dev.tandem.gateway;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param threads names of the platform's, but those that run virtual threads or wait for their
 *     sockets: of them there are as many as there was work
 * @param virtualThreads the stack of each that lives, a line a frame; not those of Java itself that
 *     wait for sockets
 * @param files what is open but classes and what Java waits for sockets with; none where the system
 *     does not tell
 * @param heapMib used after a collection
 */
record Footprint(
        List<String> threads, List<String> virtualThreads, List<String> files, long heapMib) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Pattern CARRIER =
            Pattern.compile("ForkJoinPool-1-worker-\\d+|MasterPoller");
    private static final String POLLER = "SubPoller-";
    private static final Pattern JAVAS_OWN = Pattern.compile("\\.jar$|modules$|\\[eventpoll]$");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    static Footprint now() {
        System.gc();
        return new Footprint(
                platformThreads(),
                stacks(),
                descriptors(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
    }

    /** Not more than before, but for the heap, which is never twice the same. */
    boolean within(Footprint before, int moreMib) {
        return threads.size() <= before.threads.size()
                && virtualThreads.size() <= before.virtualThreads.size()
                && files.size() <= before.files.size()
                && heapMib <= before.heapMib + moreMib;
    }

    /** Counts, and what there is of each kind. */
    @Override
    public String toString() {
        return "%d threads, %d virtual threads, %d files, %d MiB%n%s%n%s%n%s"
                .formatted(
                        threads.size(),
                        virtualThreads.size(),
                        files.size(),
                        heapMib,
                        counted(threads),
                        counted(virtualThreads),
                        counted(files));
    }

    private static String counted(List<String> all) {
        return all.stream()
                .collect(
                        Collectors.groupingBy(
                                each -> NUMBER.matcher(each).replaceAll("#"),
                                TreeMap::new,
                                Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " x " + entry.getKey())
                .collect(Collectors.joining("\n"));
    }

    private static List<String> platformThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !CARRIER.matcher(name).matches())
                .toList();
    }

    private static List<String> stacks() {
        try {
            Path folder = Files.createTempDirectory("threads");
            Path dump = folder.resolve("dump.txt");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(
                            dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            List<String> stacks = virtual(Files.readAllLines(dump, StandardCharsets.UTF_8));
            Files.delete(dump);
            Files.delete(folder);
            return stacks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> virtual(List<String> lines) {
        List<String> stacks = new ArrayList<>();
        boolean within = false;
        for (String line : lines) {
            if (line.startsWith("#")) {
                within = line.contains(" virtual") && !line.contains(POLLER);
                if (within) {
                    stacks.add(line);
                }
            } else if (within && !line.isBlank()) {
                stacks.add(stacks.removeLast() + "\n    " + line.strip());
            }
        }
        return stacks;
    }

    private static List<String> descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(DESCRIPTORS)) {
            return files.map(Footprint::target)
                    .filter(target -> !JAVAS_OWN.matcher(target).find())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }
}
