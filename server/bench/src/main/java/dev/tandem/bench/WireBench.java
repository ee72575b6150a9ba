package dev.tandem.bench;

import dev.tandem.bench.wire.OpenStreams;
import dev.tandem.bench.wire.Paced;
import dev.tandem.bench.wire.PolicyCost;
import dev.tandem.bench.wire.Saturated;
import java.io.IOException;
import java.util.List;

/**
 * The wires under load, beside grpc-java on Netty and Netty's HTTP/1.1 in the same run. Each server
 * has a process of its own; the client is this process. Prints tables in Markdown; a wrong or
 * missing answer ends the run. Arguments: names of what to measure (all), see {@link #main}. System
 * properties: {@code bench.rounds} (7), {@code bench.seconds} of a slice (1.5), {@code
 * bench.options} of the servers' virtual machines (those of the distribution).
 */
public final class WireBench {
    private static final List<String> ALL =
            List.of(
                    "unary",
                    "streams",
                    "events",
                    "events-http2",
                    "policies",
                    "paced-streams",
                    "paced-events",
                    "open-streams",
                    "open-events");
    private static final String DISTRIBUTION =
            "--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders";

    private final int rounds = Integer.getInteger("bench.rounds", 7);
    private final double seconds = Double.parseDouble(System.getProperty("bench.seconds", "1.5"));
    private final List<String> options = options();

    private WireBench() {}

    /** Of the servers' virtual machines. */
    static List<String> options() {
        return List.of(System.getProperty("bench.options", DISTRIBUTION).split(" "));
    }

    /**
     * Takes any of unary, streams, events, events-http2, policies, paced-…, open-streams and
     * open-events.
     */
    public static void main(String[] arguments) throws IOException {
        WireBench bench = new WireBench();
        for (String scenario : arguments.length == 0 ? ALL : List.of(arguments)) {
            bench.measure(scenario);
        }
    }

    private void measure(String scenario) throws IOException {
        switch (scenario) {
            case "unary" -> Saturated.unary().run(rounds, seconds, options);
            case "streams" -> Saturated.streams().run(rounds, seconds, options);
            case "events" -> Saturated.events().run(rounds, seconds, options);
            case "events-http2" -> Saturated.eventsHttp2().run(rounds, seconds, options);
            case "policies" -> new PolicyCost(rounds, seconds).run(options);
            case "paced-streams" -> Paced.streams().run(rounds, options);
            case "paced-events" -> Paced.events().run(rounds, options);
            case "open-streams" -> OpenStreams.streams().run(options);
            case "open-events" -> OpenStreams.events().run(options);
            default ->
                    throw new IllegalArgumentException(
                            scenario + " is not one of " + String.join(", ", ALL));
        }
    }
}
