package dev.tandem.bench.wire;

import java.util.List;

/** Who is measured. */
public enum Contender {
    /** This project's runtime, with its line in the log for each call. */
    TANDEM("Tandem"),
    /** The same, with the log's level above those lines. */
    TANDEM_WITHOUT_LOG("Tandem, calls not logged"),
    /** The gateway with all its policies, and a line of JSON for each call. */
    GATEWAY("all policies"),
    /** The gateway's handlers, with no policy around them. */
    GATEWAY_BARE("no policy"),
    /** grpc-java on Netty. */
    GRPC_JAVA("grpc-java on Netty"),
    /** Netty's own HTTP/1.1. */
    NETTY("Netty's HTTP/1.1");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    /** Those of them that the system property {@code bench.only} names; all where it is not set. */
    static List<Contender> chosen(List<Contender> all) {
        String only = System.getProperty("bench.only", "");
        return only.isEmpty()
                ? all
                : all.stream()
                        .filter(one -> List.of(only.split(",")).contains(one.name()))
                        .toList();
    }

    /** Its name for people. */
    String title() {
        return title;
    }

    /** The file beside this class that sets its log up. */
    String logging() {
        return switch (this) {
            case TANDEM_WITHOUT_LOG, GATEWAY_BARE -> "quiet.properties";
            case GATEWAY -> "json.properties";
            case TANDEM, GRPC_JAVA, NETTY -> "logging.properties";
        };
    }
}
