package dev.tandem.onnx;

import java.nio.file.Path;

/**
 * How the model is run.
 *
 * @param libraryFolder where ONNX Runtime's library is kept, see {@link OnnxLibrary#unpack}
 * @param threads how many texts are computed at the same time, at least 1
 * @param threadsPerText how many threads compute one text, at least 1. With one a processor is used
 *     best; more make a long text faster on an idle machine
 * @param queueLimit how many requests may wait while as many as there are threads run, at least 0
 */
public record MiniLmOptions(Path libraryFolder, int threads, int threadsPerText, int queueLimit) {

    public MiniLmOptions {
        if (threads < 1 || threadsPerText < 1 || queueLimit < 0) {
            throw new IllegalArgumentException(
                    "threads " + threads + ", a text " + threadsPerText + ", queue " + queueLimit);
        }
    }
}
