package dev.tandem.bench.wire;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.tandem.runtime.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * A server under test, in a process of its own: prints its port, then answers each line of its
 * input with what it has used so far, and ends with its input.
 */
public final class ServerMain {
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS =
            ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    /** Property: the OTLP receiver of a gateway's traces. */
    static final String RECEIVER = "bench.receiver";

    /** Property: how many calls a gateway runs at once; unless told, as many as it does. */
    static final String PLACES = "bench.places";

    /** Property: how many milliseconds a gateway's model thinks before an answer; 0 unless told. */
    static final String MILLIS = "bench.millis";

    private ServerMain() {}

    /** Takes the name of a {@link Contender}. */
    public static void main(String[] arguments) throws IOException {
        Contender contender = Contender.valueOf(arguments[0]);
        setUpLog(contender.logging());
        System.out.println(
                switch (contender) {
                    case TANDEM, TANDEM_WITHOUT_LOG -> new TandemServer().start().port();
                    case GATEWAY -> gateway().port();
                    case GATEWAY_BARE -> GatewayServer.bare().port();
                    case GRPC_JAVA -> new NettyGrpcServer().start().getPort();
                    case NETTY -> portOf(new NettyEventServer().start());
                });
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = input.readLine()) != null) {
            if (line.equals("collect")) {
                System.gc();
            }
            System.out.println(usage());
        }
        System.exit(0);
    }

    private static Server gateway() {
        Integer places = Integer.getInteger(PLACES);
        return GatewayServer.guarded(
                URI.create(System.getProperty(RECEIVER)),
                places == null ? GatewayServer.usual() : GatewayServer.places(places),
                Integer.getInteger(MILLIS, 0));
    }

    private static int portOf(io.netty.channel.Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** As the gateway does: one line a record, to standard error. */
    public static void setUpLog(String file) throws IOException {
        try (var settings = ServerMain.class.getResourceAsStream(file)) {
            LogManager.getLogManager().readConfiguration(settings);
        }
    }

    private static String usage() {
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return MACHINE.getProcessCpuTime()
                + " "
                + THREADS.getTotalThreadAllocatedBytes()
                + " "
                + heap;
    }
}
