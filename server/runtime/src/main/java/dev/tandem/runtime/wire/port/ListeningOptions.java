package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.WireSettings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Options that Linux has and Java has not: how long sent bytes may go without acknowledgement, and
 * how many unsent bytes the system keeps for a client that does not read. Set on the listening
 * socket, from which those that are accepted inherit them, and on those that are there already.
 *
 * <p>Java tells nobody the descriptor of a socket; Linux lists those of the process, and says of
 * each where it is bound. Without native access, or elsewhere, nothing is set: TCP's own limits
 * count then.
 */
final class ListeningOptions {
    private static final Logger LOG = System.getLogger(ListeningOptions.class.getName());
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Bytes that the system takes ahead of the client, beyond those on their way to it. */
    private static final int UNSENT = 128 * 1024;

    private final Duration unacknowledged;
    private final AtomicBoolean done = new AtomicBoolean();

    /**
     * @param settings of a sender that waits longer for its client than TCP does, the longer time
     *     counts for both
     */
    ListeningOptions(WireSettings settings) {
        Duration acknowledged = settings.tcp().unacknowledged();
        Duration stall = settings.sending().stallLimit();
        unacknowledged = acknowledged.compareTo(stall) < 0 ? stall : acknowledged;
    }

    /** Sets them, the first time only. Reads a folder; blocks no longer than that. */
    void setOnce(int port) {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        LinuxSockets sockets = LinuxSockets.open();
        if (sockets == null) {
            LOG.log(
                    Level.DEBUG,
                    "TCP_USER_TIMEOUT is not set: that needs Linux, and native access for this"
                            + " module (--enable-native-access)");
            return;
        }
        try (sockets) {
            LOG.log(Level.DEBUG, "TCP_USER_TIMEOUT is set on " + set(sockets, port) + " sockets");
        }
    }

    private int set(LinuxSockets sockets, int port) {
        int count = 0;
        int millis = Math.toIntExact(unacknowledged.toMillis());
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path path : descriptors) {
                int descriptor = Integer.parseInt(path.getFileName().toString());
                if (sockets.localPort(descriptor) == port
                        && sockets.userTimeout(descriptor, millis)
                        && sockets.unsentAtMost(descriptor, UNSENT)) {
                    count++;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(Level.DEBUG, "the descriptors of this process cannot be listed", e);
        }
        return count;
    }
}
