package dev.tandem.bench.wire;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
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

    private ServerMain() {}

    /** Takes the name of a {@link Contender}. */
    public static void main(String[] arguments) throws IOException {
        Contender contender = Contender.valueOf(arguments[0]);
        setUpLog(contender.logs());
        System.out.println(
                switch (contender) {
                    case TANDEM, TANDEM_WITHOUT_LOG -> new TandemServer().start().port();
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

    private static int portOf(io.netty.channel.Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** As the gateway does: one line a record, to standard error. */
    static void setUpLog(boolean calls) throws IOException {
        String name = calls ? "logging.properties" : "quiet.properties";
        try (var settings = ServerMain.class.getResourceAsStream(name)) {
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
