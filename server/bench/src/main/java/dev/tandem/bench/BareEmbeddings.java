package dev.tandem.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * The baseline: nothing but calls of ONNX Runtime, with tokens that were made before and vectors
 * that nobody looks at. Each of the threads takes its share of the runs.
 */
final class BareEmbeddings implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment("tandem");
    private final OrtSession session;
    private final int threads;
    private final ExecutorService pool;

    BareEmbeddings(int threads) throws OrtException, IOException {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads);
        try (var options = new OrtSession.SessionOptions();
                InputStream model =
                        BareEmbeddings.class.getResourceAsStream("/all-minilm-l6-v2-q.onnx")) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session =
                    environment.createSession(
                            Objects.requireNonNull(model).readAllBytes(), options);
        }
    }

    /**
     * Computes all texts.
     *
     * @param texts their tokens; neighbours in a batch have about the same length
     * @param batch how many are computed by one call
     */
    void run(List<int[]> texts, int batch) throws InterruptedException, ExecutionException {
        var shares =
                IntStream.range(0, threads)
                        .mapToObj(share -> pool.submit(() -> run(texts, batch, share)))
                        .toList();
        for (var share : shares) {
            share.get();
        }
    }

    private boolean run(List<int[]> texts, int batch, int share) throws OrtException {
        for (int from = share * batch; from < texts.size(); from += threads * batch) {
            run(texts.subList(from, Math.min(texts.size(), from + batch)));
        }
        return true;
    }

    private void run(List<int[]> texts) throws OrtException {
        int longest = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
        long[] shape = {texts.size(), longest};
        LongBuffer tokens = LongBuffer.allocate(texts.size() * longest);
        LongBuffer mask = LongBuffer.allocate(texts.size() * longest);
        for (int i = 0; i < texts.size(); i++) {
            int[] text = texts.get(i);
            for (int k = 0; k < text.length; k++) {
                tokens.put(i * longest + k, text[k]);
                mask.put(i * longest + k, 1);
            }
        }
        try (var input = OnnxTensor.createTensor(environment, tokens, shape);
                var attention = OnnxTensor.createTensor(environment, mask, shape);
                var kind =
                        OnnxTensor.createTensor(
                                environment, LongBuffer.allocate(texts.size() * longest), shape)) {
            session.run(
                            Map.of(
                                    "input_ids", input,
                                    "attention_mask", attention,
                                    "token_type_ids", kind))
                    .close();
        }
    }

    @Override
    public void close() throws OrtException {
        pool.shutdown();
        session.close();
    }
}
