package dev.tandem.bench.hop;

import java.io.IOException;

/** The upstream in a process of its own: prints its port and ends with its input. */
final class UpstreamMain {
    private UpstreamMain() {}

    public static void main(String[] arguments) throws IOException {
        MockUpstream upstream = MockUpstream.open();
        System.out.println(upstream.port());
        Thread.ofPlatform().name("upstream").daemon().start(upstream);
        while (System.in.read() >= 0) {
            // nobody has anything to say
        }
        System.exit(0);
    }
}
