package dev.tandem.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.tandem.onnx.MiniLm;
import dev.tandem.onnx.MiniLmEngine;
import dev.tandem.onnx.MiniLmOptions;
import dev.tandem.onnx.OnnxLibrary;
import dev.tandem.onnx.WordPiece;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Head;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * Short texts a second that the embedding engine makes of requests of many texts, beside bare calls
 * of ONNX Runtime. They take turns, and the order within a round changes. On as many threads as
 * there are processors; run it with {@code taskset -c 0} for one. The texts a second of processor
 * time count the whole process, and say what a machine without other work would do. Arguments:
 * texts a request (512), rounds (9).
 */
public final class EmbeddingBench {
    private static final int LARGE_BATCH = 32;
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final int rounds;
    private final int texts;

    private EmbeddingBench(int texts, int rounds) {
        this.texts = texts;
        this.rounds = rounds;
    }

    /** Measures. */
    public static void main(String[] arguments) throws Exception {
        new EmbeddingBench(
                        arguments.length > 0 ? Integer.parseInt(arguments[0]) : 512,
                        arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9)
                .measure(System.out);
    }

    private void measure(PrintStream out) throws Exception {
        Path library = Path.of(System.getProperty("java.io.tmpdir"), "tandem-bench-onnxruntime");
        OnnxLibrary.unpack(library);
        int threads = Runtime.getRuntime().availableProcessors();
        try (var engine = new MiniLmEngine(new MiniLmOptions(library, threads, 1, 1));
                var bare = new BareEmbeddings(threads);
                var calls = new Calls(() -> "bench")) {
            measure(engine, bare, calls.open(head(), null), out, threads);
        }
    }

    private void measure(
            MiniLmEngine engine, BareEmbeddings bare, Call call, PrintStream out, int threads)
            throws Exception {
        WordPiece words = MiniLm.tokenizer();
        EmbeddingRequest request = request();
        var tokens =
                request.getInputList().stream()
                        .map(input -> words.frame(words.encode(input.getText())))
                        .toList();
        Runs embed = new Runs(() -> engine.embed(request, call).promptTokens());
        Runs one = new Runs(() -> run(bare, tokens, 1));
        Runs many = new Runs(() -> run(bare, tokens, LARGE_BATCH));
        double[] shares = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            boolean bareFirst = round % 2 == 0;
            double before = bareFirst ? one.time(round) : 0;
            double engineRate = embed.time(round);
            double bareRate = bareFirst ? before : one.time(round);
            many.time(round);
            shares[round] = engineRate / bareRate;
        }
        out.printf(
                Locale.ROOT,
                "%d threads, %.1f tokens a text, load %.1f%ntexts/s (best), texts a second of processor time:%n"
                        + "  engine %s%n  bare %s%n  bare, batches of %d: %s%nengine/bare %.3f%n",
                threads,
                tokens.stream().mapToInt(text -> text.length).average().orElseThrow(),
                MACHINE.getSystemLoadAverage(),
                embed,
                one,
                LARGE_BATCH,
                many,
                median(shares));
    }

    private static boolean run(BareEmbeddings bare, List<int[]> tokens, int batch)
            throws InterruptedException, ExecutionException {
        bare.run(tokens, batch);
        return true;
    }

    private EmbeddingRequest request() {
        EmbeddingRequest.Builder request = EmbeddingRequest.newBuilder();
        IntStream.range(0, texts)
                .mapToObj(i -> "How do I reset the password of account " + i + "?")
                .map(text -> EmbeddingInput.newBuilder().setText(text))
                .forEach(request::addInput);
        return request.build();
    }

    private static Head head() {
        return new Head(
                Head.Wire.GRPC,
                "POST",
                "/",
                null,
                Map.of(),
                InetSocketAddress.createUnresolved("localhost", 1));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Rates of the same work, a round each; warmed up when it is made. */
    private final class Runs {
        private final Callable<?> work;
        private final double[] rates = new double[rounds];
        private final double[] ratesOfProcessor = new double[rounds];

        Runs(Callable<?> work) throws Exception {
            this.work = work;
            work.call();
        }

        double time(int round) throws Exception {
            long begin = System.nanoTime();
            long used = MACHINE.getProcessCpuTime();
            work.call();
            ratesOfProcessor[round] = texts * 1e9 / (MACHINE.getProcessCpuTime() - used);
            rates[round] = texts * 1e9 / (System.nanoTime() - begin);
            return rates[round];
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f (%.0f), %.0f",
                    median(rates),
                    Arrays.stream(rates).max().orElseThrow(),
                    median(ratesOfProcessor));
        }
    }
}
