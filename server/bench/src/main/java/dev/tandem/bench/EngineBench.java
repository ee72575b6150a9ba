package dev.tandem.bench;

import dev.tandem.llamacpp.loop.ModelOptions;
import dev.tandem.llamacpp.natives.ContextShape;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.store.Progress;
import dev.tandem.store.Store;
import dev.tandem.store.StoreException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * Tokens a second of the engine's loop beside a bare native loop. Both take turns, so that they see
 * the same machine, and the order within a round changes. Arguments: tokens a request (128), rounds
 * (9).
 */
public final class EngineBench {
    /** Any ordinary token. */
    static final int PROMPT_TOKEN = 300;

    private static final int CONTEXT = 512;
    private static final int SLOTS = 4;
    private static final int BATCH = 132;

    private final PrintStream out;
    private final LlamaLibrary library;
    private final Path model;
    private final int tokens;
    private final int rounds;

    private EngineBench(PrintStream out, LlamaLibrary library, Path model, int tokens, int rounds) {
        this.out = out;
        this.library = library;
        this.model = model;
        this.tokens = tokens;
        this.rounds = rounds;
    }

    /** Measures with one and two threads, one and four requests. */
    public static void main(String[] arguments)
            throws StoreException, InterruptedException, ExecutionException {
        Store store = Store.ofEnvironment(System.getenv(), Progress.silent());
        var bench =
                new EngineBench(
                        System.out,
                        LlamaLibrary.open(store.llama()),
                        store.model(),
                        arguments.length > 0 ? Integer.parseInt(arguments[0]) : 128,
                        arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9);
        bench.out.println(
                "threads requests   bare tok/s (best)   loop tok/s (best)   loop/bare, median of"
                        + " rounds   load");
        for (int threads = 1; threads <= 2; threads++) {
            bench.measure(threads);
        }
    }

    private void measure(int threads) throws InterruptedException, ExecutionException {
        var shape = new ContextShape(CONTEXT, SLOTS, BATCH, SLOTS, threads);
        ModelOptions options =
                ModelOptions.defaults()
                        .withThreads(threads)
                        .withSlots(SLOTS)
                        .withContextPerSlot(CONTEXT);
        try (var bare = new BareLoop(library, model, shape);
                var loop = new EngineLoop(library, model, options)) {
            for (int requests : new int[] {1, SLOTS}) {
                compare(bare, loop, threads, requests);
            }
        }
    }

    private void compare(BareLoop bare, EngineLoop loop, int threads, int requests)
            throws InterruptedException, ExecutionException {
        double[] bareRates = new double[rounds];
        double[] loopRates = new double[rounds];
        double[] ratios = new double[rounds];
        bare.run(requests, tokens); // warms up
        loop.run(requests, tokens);
        for (int round = 0; round < rounds; round++) {
            boolean bareFirst = round % 2 == 0;
            if (bareFirst) {
                bareRates[round] = rate(bare, requests);
            }
            loopRates[round] = rate(loop, requests);
            if (!bareFirst) {
                bareRates[round] = rate(bare, requests);
            }
            ratios[round] = loopRates[round] / bareRates[round];
        }
        out.printf(
                Locale.ROOT,
                "%7d %8d %12.1f (%5.1f) %11.1f (%5.1f) %25.3f %6.1f%n",
                threads,
                requests,
                median(bareRates),
                max(bareRates),
                median(loopRates),
                max(loopRates),
                median(ratios),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private double rate(BareLoop bare, int requests) {
        long start = System.nanoTime();
        bare.run(requests, tokens);
        return requests * tokens * 1e9 / (System.nanoTime() - start);
    }

    private double rate(EngineLoop loop, int requests)
            throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        loop.run(requests, tokens);
        return requests * tokens * 1e9 / (System.nanoTime() - start);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }
}
