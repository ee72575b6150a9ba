package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the server listens, what it takes, and how it stops.
 *
 * @param host an address or host name of this machine
 * @param port 0 to 65535; 0 takes a free one
 * @param allowedHosts names, besides those of the loopback, under which clients may reach it; `*`
 *     allows all
 * @param maxRequestBytes the largest request message
 * @param drain how long running requests may go on when the server is told to stop
 * @param drainDelay how long it then takes further requests while it tells that it is not ready
 * @param chatPage is there a page to talk with the models?
 */
public record ServerSection(
        String host,
        int port,
        List<String> allowedHosts,
        int maxRequestBytes,
        Duration drain,
        Duration drainDelay,
        boolean chatPage) {
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    static final Key<String> HOST =
            Key.of(
                            "host",
                            Types.text(
                                    "an address or host name of this machine",
                                    "[0-9A-Za-z.:\\[\\]%_-]+"),
                            "Where to listen. `0.0.0.0` is every IPv4 address of the machine,"
                                    + " reachable from others.")
                    .variable("TANDEM_HOST")
                    .fallback("127.0.0.1");

    private static final Key<Integer> PORT =
            Key.of(
                            "port",
                            Types.integer(0, 65535),
                            "The port for every protocol. 0 takes a free one.")
                    .variable("TANDEM_PORT")
                    .fallback(8080);

    private static final Key<List<String>> ALLOWED_HOSTS =
            Key.of(
                            "allowed_hosts",
                            Types.list(
                                    Types.text(
                                            "a host name without port, or `*` for all",
                                            "\\*|[0-9A-Za-z._-]+|\\[[0-9A-Fa-f:.]+]")),
                            "Under which names clients may reach the server, besides the names of"
                                    + " the loopback and of `server.host`. Keeps web pages from"
                                    + " using a server on somebody's own machine.")
                    .variable("TANDEM_ALLOWED_HOSTS")
                    .fallback(List.of())
                    .example("[tandem.example.com]");

    private static final Key<Long> MAX_REQUEST =
            Key.of(
                            "max_request",
                            Types.bytes(1L << 10, 1L << 30),
                            "The largest request message. A larger one is refused with 413.")
                    .variable("TANDEM_MAX_REQUEST")
                    .fallback(4L << 20);

    private static final Key<Duration> DRAIN =
            Key.of(
                            "drain",
                            Types.seconds(0, 3600),
                            "How long a server that is told to stop lets running requests end by"
                                    + " themselves.")
                    .variable("TANDEM_DRAIN")
                    .fallback(Duration.ofSeconds(30));

    private static final Key<Duration> DRAIN_DELAY =
            Key.of(
                            "drain_delay",
                            Types.seconds(0, 300),
                            "How long a server that is told to stop goes on to take requests while"
                                    + " `/ready` and gRPC health say no, so that load balancers turn"
                                    + " away first.")
                    .variable("TANDEM_DRAIN_DELAY")
                    .fallback(Duration.ZERO);

    private static final Key<Boolean> CHAT_PAGE =
            Key.of(
                            "chat_page",
                            Types.onOff(),
                            "Serve `/`, a page to talk with the models. [More](chat.md).")
                    .variable("TANDEM_CHAT_PAGE")
                    .fallback(true);

    /** Its place in the file. */
    public static final Section<ServerSection> SECTION =
            Section.of(
                    "server",
                    "Where the server listens, what it takes, and how it stops.",
                    ServerSection::read,
                    HOST,
                    PORT,
                    ALLOWED_HOSTS,
                    MAX_REQUEST,
                    DRAIN,
                    DRAIN_DELAY,
                    CHAT_PAGE);

    /** Keeps a copy. */
    public ServerSection {
        allowedHosts = List.copyOf(allowedHosts);
    }

    private static ServerSection read(Values in) {
        String host = in.get(HOST);
        Set<String> names = new LinkedHashSet<>();
        if (!EVERY_ADDRESS.contains(host)) {
            names.add(host);
        }
        names.addAll(in.get(ALLOWED_HOSTS));
        return new ServerSection(
                host,
                in.get(PORT),
                List.copyOf(names),
                Math.toIntExact(in.get(MAX_REQUEST)),
                in.get(DRAIN),
                in.get(DRAIN_DELAY),
                in.get(CHAT_PAGE));
    }
}
