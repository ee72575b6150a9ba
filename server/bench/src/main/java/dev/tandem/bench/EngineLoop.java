package dev.tandem.bench;

import dev.tandem.llamacpp.loop.Generation;
import dev.tandem.llamacpp.loop.GenerationRequest;
import dev.tandem.llamacpp.loop.LlamaModel;
import dev.tandem.llamacpp.loop.ModelOptions;
import dev.tandem.llamacpp.loop.Sampling;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What is measured: the engine's loop, each request read by a virtual thread of its own. */
final class EngineLoop implements AutoCloseable {
    /** SmolLM2's ends of text, so that every request has all its tokens. */
    private static final Map<Integer, Double> ENDLESS = Map.of(0, -100.0, 2, -100.0);

    private final LlamaModel model;

    EngineLoop(LlamaLibrary library, Path file, ModelOptions options) {
        model = LlamaModel.load(library, file, options);
    }

    /** Has so many requests generate that many tokens each, at the same time. */
    void run(int requests, int tokens) throws InterruptedException, ExecutionException {
        GenerationRequest request =
                GenerationRequest.of(new int[] {EngineBench.PROMPT_TOKEN})
                        .maxTokens(tokens)
                        .sampling(Sampling.GREEDY.withLogitBias(ENDLESS))
                        .build();
        int completed = 0;
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                all.add(readers.submit(() -> read(request)));
            }
            for (Future<Integer> one : all) {
                completed += one.get();
            }
        }
        if (completed != requests * tokens) {
            throw new IllegalStateException("only " + completed + " tokens were generated");
        }
    }

    private int read(GenerationRequest request) throws InterruptedException {
        try (Generation generation = model.submit(request)) {
            while (generation.next() != null) {
                // a reader that is never slow
            }
            return generation.usage().completionTokens();
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
