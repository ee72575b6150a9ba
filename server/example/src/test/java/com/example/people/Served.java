package com.example.people;

import dev.tandem.runtime.ServerBuilder;
import dev.tandem.runtime.background.Background;
import dev.tandem.testing.TestServer;
import java.time.Duration;

/** The whole service, as the program puts it together, with parts that tests hold. */
final class Served {
    /** Where no gateway listens. */
    static final String NOWHERE = "127.0.0.1:1";

    private Served() {}

    static TestServer with(Directory directory) {
        return TestServer.start(server(directory, NOWHERE));
    }

    static TestServer with(Directory directory, String gateway) {
        return TestServer.start(server(directory, gateway));
    }

    static ServerBuilder server(Directory directory, String gateway) {
        return Main.server(
                        directory,
                        new Extractor(gateway, "default"),
                        new Background(Duration.ofSeconds(1)))
                .drainLimit(Duration.ofSeconds(1));
    }
}
