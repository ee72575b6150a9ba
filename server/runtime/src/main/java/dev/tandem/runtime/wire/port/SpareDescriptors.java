package dev.tandem.runtime.wire.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets no connection be asked for while the process has no file descriptors to spare.
 *
 * <p>Helidon 4.5.0 takes a failed accept for the end of its listener: one "too many open files" and
 * the port is dead. So the thread that accepts waits here, before it accepts the next connection,
 * until there are some again; clients wait in the system's queue meanwhile. Linux gives an accept
 * its descriptor when it begins, so a look before it is enough. To be deleted when Helidon tries
 * again. Elsewhere than on Linux nothing is looked at.
 */
final class SpareDescriptors {
    private static final Logger LOG = System.getLogger(SpareDescriptors.class.getName());
    private static final Path NOTHING = Path.of("/dev/null");

    /** As many as a moment may need: files, sockets of clients of the program's own. */
    private static final int SPARE = 8;

    /**
     * What connections leave to the rest of the process, beside what it has open when the port is
     * made: a part of all, and at least so many.
     */
    private static final int PART = 10;

    private static final int LEAST = 64;

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long QUIET = TimeUnit.SECONDS.toNanos(10);

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final Pattern FILES =
            Pattern.compile("Max open files +([0-9]{1,18}) .*", Pattern.DOTALL);

    private final long all = most();

    // of the thread that accepts
    private long looked = System.nanoTime() - LOOK;
    private long quietUntil = System.nanoTime();

    /** The most connections for which there are descriptors; 0 where that is not known. */
    int connections() {
        long left = all - open() - Math.max(LEAST, all / PART);
        return all == 0 ? 0 : Math.clamp(left, 1, Integer.MAX_VALUE);
    }

    private static long open() {
        try (Stream<Path> open = Files.list(OPEN)) {
            return open.count();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the number of open files is not known", e);
            return 0;
        }
    }

    private static long most() {
        try (Stream<String> lines = Files.lines(LIMITS)) {
            return lines.map(FILES::matcher)
                    .filter(Matcher::matches)
                    .findFirst()
                    .map(line -> Long.parseLong(line.group(1)))
                    .orElse(0L); // as many as there is memory for
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the limit of open files is not known", e);
            return 0;
        }
    }

    /**
     * Waits until there are some; an interrupt ends the wait. To be called by the thread that
     * accepts. Connections alone use up none, so that a look now and then is enough.
     */
    void await() {
        long now = System.nanoTime();
        if (all == 0 || now - looked < LOOK) {
            return;
        }
        while (!spare() && !Thread.currentThread().isInterrupted()) {
            note();
            LockSupport.parkNanos(PAUSE);
        }
        looked = System.nanoTime();
    }

    private static boolean spare() {
        List<FileChannel> taken = new ArrayList<>();
        try {
            while (taken.size() < SPARE) {
                taken.add(FileChannel.open(NOTHING));
            }
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            taken.forEach(SpareDescriptors::close);
        }
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note() {
        long now = System.nanoTime();
        if (now - quietUntil >= 0) {
            quietUntil = now + QUIET;
            LOG.log(
                    Level.WARNING,
                    "too many open files: new connections wait; raise the limit of the process"
                            + " (ulimit -n), or set a lower number of connections");
        }
    }
}
