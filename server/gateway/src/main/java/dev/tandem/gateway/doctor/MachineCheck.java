package dev.tandem.gateway.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Has the machine what it takes?
 *
 * @param memory of the machine or the container, in bytes
 * @param processors for this process
 * @param files how many may be open at once; -1 where the system does not tell
 * @param nativeAccess may the program call native code without a warning?
 */
public record MachineCheck(long memory, int processors, long files, boolean nativeAccess) {
    private static final long SPARE = 512L << 20;
    private static final long FEW_FILES = 4096;

    /** The machine that this runs on. */
    public static MachineCheck here() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new MachineCheck(
                system.getTotalMemorySize(),
                Runtime.getRuntime().availableProcessors(),
                system instanceof UnixOperatingSystemMXBean unix
                        ? unix.getMaxFileDescriptorCount()
                        : -1,
                MachineCheck.class.getModule().isNativeAccessEnabled());
    }

    /**
     * Looks.
     *
     * @param modelBytes the most that a model may take
     * @param threads that compute
     */
    public List<Finding> look(long modelBytes, int threads) {
        return List.of(memory(modelBytes), processors(threads), openFiles(), nativeCode());
    }

    private Finding memory(long modelBytes) {
        String found =
                "The machine has %s; the model may take %s."
                        .formatted(size(memory), size(modelBytes));
        return memory >= modelBytes + SPARE
                ? Finding.ok("memory", found)
                : Finding.warning(
                        "memory",
                        found,
                        "Lower TANDEM_MEMORY, or give the machine or container more: %s is little beside the model."
                                .formatted(size(SPARE)));
    }

    private Finding processors(int threads) {
        String found = "%d processors, %d threads compute.".formatted(processors, threads);
        if (threads > processors) {
            return Finding.warning(
                    "processors",
                    found,
                    "Lower TANDEM_THREADS to %d: more threads than processors are slower."
                            .formatted(Math.max(1, processors - 1)));
        }
        return processors == 1
                ? Finding.warning(
                        "processors",
                        found,
                        "Give it a second processor: the wire waits while the model computes.")
                : Finding.ok("processors", found);
    }

    private Finding openFiles() {
        if (files < 0) {
            return Finding.skipped("files", "This system does not tell how many may be open.");
        }
        String found = "%d files and connections may be open at once.".formatted(files);
        return files >= FEW_FILES
                ? Finding.ok("files", found)
                : Finding.warning(
                        "files",
                        found,
                        "Raise it with `ulimit -n 65536` before the start, or LimitNOFILE= of the service.");
    }

    private Finding nativeCode() {
        return nativeAccess
                ? Finding.ok("native access", "Native code may be called.")
                : Finding.warning(
                        "native access",
                        "Java warns of native code, and later versions refuse it.",
                        "Start it with bin/tandem, or with --enable-native-access=ALL-UNNAMED.");
    }

    private static String size(long bytes) {
        return bytes >= 10L << 30 ? (bytes >> 30) + " GiB" : (bytes >> 20) + " MiB";
    }
}
