package dev.tandem.gateway;

import dev.tandem.testing.Gate;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Clients that drop their calls at random points, over every way in turn. */
final class RudeClients {
    private static final int CLIENTS = 8;
    private static final int HASTE_MILLIS = 20;
    private static final int STREAMS_A_CONNECTION = 10;

    private final int port;
    private final AtomicInteger dropped = new AtomicInteger();
    private final Queue<Throwable> defects = new ConcurrentLinkedQueue<>();

    RudeClients(int port) {
        this.port = port;
    }

    /** An engine that floods, falls silent or comes to an end, as the prompt says. */
    static ScriptedEngine engine() {
        Script flood = Script.empty().flood("and ".repeat(20));
        Script silent = Script.saying("a", "b").pause(new Gate());
        Script mute = Script.empty().pause(new Gate());
        Script complete = Script.saying("a", "b", "c");
        return new ScriptedEngine(request ->
                switch (prompt(request)) {
                    case "flood" -> flood;
                    case "silent" -> silent;
                    case "mute" -> mute;
                    default -> complete;
                });
    }

    private static String prompt(ChatRequest request) {
        return request.getMessages(0).getContent(0).getText();
    }

    /** Drops calls as long as the condition holds; how many. */
    int dropWhile(BooleanSupplier goOn) throws InterruptedException {
        int before = dropped.get();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(i + before);
            clients.add(Thread.ofPlatform().daemon().start(() -> drop(random, goOn)));
        }
        for (Thread client : clients) {
            client.join();
        }
        return dropped.get() - before;
    }

    /** How many calls were dropped until now. */
    int dropped() {
        return dropped.get();
    }

    /** What went wrong at the clients themselves; a server that closes is none of it. */
    Queue<Throwable> defects() {
        return defects;
    }

    @SuppressWarnings("IllegalCatch") // told by defects()
    private void drop(Random random, BooleanSupplier goOn) {
        Way[] ways = Way.values();
        try {
            for (int i = random.nextInt(ways.length); goOn.getAsBoolean(); i++) {
                dropOn(ways[i % ways.length], random);
            }
        } catch (RuntimeException | Error e) {
            defects.add(e);
        }
    }

    private void dropOn(Way way, Random random) {
        boolean multiplexed = way.wire().version() == Wire.Version.HTTP_2;
        int calls = multiplexed ? STREAMS_A_CONNECTION : 1;
        try (RawCall call = new RawCall(port, way.wire(), 0, HASTE_MILLIS)) {
            for (int i = 0; i < calls; i++) {
                dropped.incrementAndGet();
                dropOne(call, way, 2 * i + 1, random);
            }
            if (random.nextBoolean()) {
                call.abort();
            }
        } catch (IOException e) {
            // the server was faster: a connection it has closed is dropped as well
        }
    }

    private static void dropOne(RawCall call, Way way, int stream, Random random)
            throws IOException {
        // a whole answer is kept until its end: a flood has none
        List<String> prompts = List.of("silent", "mute", "complete", "flood");
        String prompt = prompts.get(random.nextInt(way.streams() ? 4 : 3));
        byte[] request = call.request(stream, way.streams(), prompt);
        boolean multiplexed = way.wire().version() == Wire.Version.HTTP_2;
        boolean cut = !multiplexed && random.nextInt(4) == 0;
        if (cut) { // within the head or the body
            call.send(Arrays.copyOf(request, random.nextInt(request.length)));
            return;
        }
        call.send(request);
        for (int reads = random.nextInt(3); reads > 0; reads--) {
            read(call, 1 + random.nextInt(2000));
        }
        if (multiplexed) {
            call.reset(stream);
        }
    }

    private static void read(RawCall call, int most) throws IOException {
        try {
            call.read(most);
        } catch (SocketTimeoutException e) {
            // nothing came so soon, and it does not wait
        }
    }
}
