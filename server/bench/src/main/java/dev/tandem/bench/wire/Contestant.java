package dev.tandem.bench.wire;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/** One server with its load. Only one of them is under load at a time. */
final class Contestant implements AutoCloseable {
    private static final OperatingSystemMXBean SELF =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final ServerProcess server;
    private final Client client;

    /**
     * Starts both.
     *
     * @param streams at once on each connection
     * @param options of the server's virtual machine
     */
    Contestant(Contender contender, Load load, int connections, int streams, List<String> options)
            throws IOException {
        server = ServerProcess.start(contender, options);
        client = new Client(server.port(), load, connections, streams);
    }

    /** A server that runs, under a load; this closes both where it is closed. */
    Contestant(ServerProcess server, Client client) {
        this.server = server;
        this.client = client;
    }

    ServerProcess server() {
        return server;
    }

    Client client() {
        return client;
    }

    String title() {
        return server.contender().title();
    }

    /** Receives for so long, with the load under way, and tells what that took. */
    Slice slice(double seconds) throws IOException {
        Usage before = server.usage();
        long units = client.tally().units();
        long own = SELF.getProcessCpuTime();
        long begin = System.nanoTime();
        client.run(seconds);
        long nanos = System.nanoTime() - begin;
        long ownNanos = SELF.getProcessCpuTime() - own;
        long received = client.tally().units() - units;
        Usage after = server.usage();
        return new Slice(
                received,
                nanos,
                after.cpuNanos() - before.cpuNanos(),
                after.allocatedBytes() - before.allocatedBytes(),
                ownNanos);
    }

    /** Begins no more calls, and receives until the last answer is complete. */
    void finish() throws IOException {
        try {
            client.finish();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(title() + ": " + e.getMessage(), e);
        }
    }

    /** Receives so many answers, or for so long where that is shorter. */
    void warm(long answers, double seconds) throws IOException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long until = client.tally().units() + answers;
        client.begin();
        client.runUntil(() -> client.tally().units() >= until || System.nanoTime() - end >= 0);
        finish();
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
