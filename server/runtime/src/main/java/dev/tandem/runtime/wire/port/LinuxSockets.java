package dev.tandem.runtime.wire.port;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sockets by their descriptors, on Linux: socket(7), tcp(7). Of one thread; to be closed. */
final class LinuxSockets implements AutoCloseable {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_USER_TIMEOUT = 18;
    private static final int TCP_NOTSENT_LOWAT = 25;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int ADDRESS_BYTES = 128; // struct sockaddr_storage

    private static final ValueLayout.OfShort NETWORK_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment value = arena.allocate(JAVA_INT);
    private final MemorySegment address = arena.allocate(ADDRESS_BYTES);
    private final MethodHandle setsockopt;
    private final MethodHandle getsockname;

    @SuppressWarnings("restricted") // asked for before: isNativeAccessEnabled
    private LinuxSockets() {
        Linker linker = Linker.nativeLinker();
        setsockopt =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("setsockopt"),
                        FunctionDescriptor.of(
                                JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        getsockname =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("getsockname"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    }

    /** Null where there is no Linux, or no leave to call it. */
    static @Nullable LinuxSockets open() {
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
        return linux && LinuxSockets.class.getModule().isNativeAccessEnabled()
                ? new LinuxSockets()
                : null;
    }

    /** The port at which a descriptor's socket is bound; -1 where it is no socket of IP. */
    int localPort(int descriptor) {
        value.set(JAVA_INT, 0, ADDRESS_BYTES);
        if (call(getsockname, descriptor, address, value) != 0) {
            return -1;
        }
        int family = address.get(ValueLayout.JAVA_SHORT, 0);
        return family == AF_INET || family == AF_INET6
                ? Short.toUnsignedInt(address.get(NETWORK_SHORT, 2))
                : -1;
    }

    /** How long bytes may go without acknowledgement, in milliseconds; false where refused. */
    boolean userTimeout(int descriptor, int millis) {
        return set(descriptor, TCP_USER_TIMEOUT, millis);
    }

    /** How many bytes may wait to be sent; false where refused. */
    boolean unsentAtMost(int descriptor, int bytes) {
        return set(descriptor, TCP_NOTSENT_LOWAT, bytes);
    }

    private boolean set(int descriptor, int option, int number) {
        value.set(JAVA_INT, 0, number);
        int size = Math.toIntExact(value.byteSize());
        return call(setsockopt, descriptor, IPPROTO_TCP, option, value, size) == 0;
    }

    @SuppressWarnings("IllegalCatch") // what a method handle declares
    private static int call(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("the system's sockets cannot be called", e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
