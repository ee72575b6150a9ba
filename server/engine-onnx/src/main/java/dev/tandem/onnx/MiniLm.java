package dev.tandem.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * The sentence embedding model all-MiniLM-L6-v2 with eight-bit weights, out of the class path.
 *
 * <p>One text is computed at a time. The model scales its activations by the largest one in a run,
 * so in a batch a text's embedding would change with its neighbours (cosine 0.99), and with those
 * of other callers. Alone it is always the same.
 *
 * <p>Safe for use by any thread, but meant for platform threads: {@link #embed} stays in native
 * code for 1 to 100 ms.
 */
public final class MiniLm implements AutoCloseable {
    /** What it is called. */
    public static final String NAME = "all-MiniLM-L6-v2";

    /** The length of an embedding. */
    public static final int DIMENSIONS = 384;

    /**
     * The most tokens of a text, {@code [CLS]} and {@code [SEP]} included: so many positions the
     * model knows. (Sentence Transformers cuts texts at 256 without a word, because the model was
     * trained on shorter ones; here nothing is cut, so what the model can take is taken.)
     */
    public static final int CONTEXT = 512;

    /** Room for the model's file, in bytes. */
    private static final int WEIGHTS = 24 << 20;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPiece tokenizer;

    private MiniLm(OrtEnvironment environment, OrtSession session, WordPiece tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /**
     * Loads the model; takes a moment.
     *
     * @param libraryFolder where ONNX Runtime's library is kept, see {@link OnnxLibrary#unpack}
     * @param threadsPerText how many threads compute one text, at least 1
     * @throws OnnxLibrary.LibraryMissing where ONNX Runtime cannot be used on this machine
     */
    public static MiniLm load(Path libraryFolder, int threadsPerText) {
        return load(libraryFolder, threadsPerText, tokenizer());
    }

    static MiniLm load(Path libraryFolder, int threadsPerText, WordPiece tokenizer) {
        OnnxLibrary.unpack(libraryFolder);
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment("tandem");
            return new MiniLm(environment, session(environment, threadsPerText), tokenizer);
        } catch (LinkageError e) { // a glibc too old for it, most of all
            throw new OnnxLibrary.LibraryMissing("ONNX Runtime's library does not load here", e);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses the model " + NAME, e);
        }
    }

    /** The model's tokenizer, which needs no native library. */
    public static WordPiece tokenizer() {
        try (InputStream file = resource("/all-minilm-l6-v2-q-tokenizer.json")) {
            return WordPiece.read(file);
        } catch (IOException e) {
            throw new IllegalStateException("the jar with the model's tokenizer is damaged", e);
        }
    }

    private static OrtSession session(OrtEnvironment environment, int threads) throws OrtException {
        try (var options = new OrtSession.SessionOptions();
                Arena arena = Arena.ofConfined()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // threads that wait in a loop take the processor from those that compute
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return environment.createSession(weights(arena), options);
        }
    }

    /** Beside the Java heap, which would stay larger by their size. */
    private static ByteBuffer weights(Arena arena) {
        try (InputStream file = resource("/all-minilm-l6-v2-q.onnx");
                ReadableByteChannel source = Channels.newChannel(file)) {
            ByteBuffer weights = arena.allocate(WEIGHTS).asByteBuffer();
            while (source.read(weights) > 0) {
                // on to the end of the file, or of the buffer
            }
            return weights.flip();
        } catch (IOException e) {
            throw new IllegalStateException("the jar with the model is damaged", e);
        }
    }

    private static InputStream resource(String name) {
        InputStream file = MiniLm.class.getResourceAsStream(name);
        if (file == null) {
            throw new IllegalStateException("the jar with the model is not on the class path");
        }
        return file;
    }

    /** Its tokenizer. */
    public WordPiece words() {
        return tokenizer;
    }

    /**
     * The embedding of one text: the mean of its tokens' vectors, of length 1.
     *
     * @param ids 1 to {@link #CONTEXT} ids of the vocabulary, with {@code [CLS]} and {@code [SEP]}
     * @return {@link #DIMENSIONS} numbers
     */
    public float[] embed(int[] ids) {
        long[] shape = {1, ids.length};
        LongBuffer tokens = LongBuffer.allocate(ids.length);
        LongBuffer ones = LongBuffer.allocate(ids.length);
        for (int id : ids) {
            tokens.put(id);
            ones.put(1);
        }
        try (var input = OnnxTensor.createTensor(environment, tokens.flip(), shape);
                var mask = OnnxTensor.createTensor(environment, ones.flip(), shape);
                var kind =
                        OnnxTensor.createTensor(
                                environment, LongBuffer.allocate(ids.length), shape);
                var output =
                        session.run(
                                Map.of(
                                        "input_ids", input,
                                        "attention_mask", mask,
                                        "token_type_ids", kind))) {
            return pool(((OnnxTensor) output.get(0)).getFloatBuffer(), ids.length);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not compute a text", e);
        }
    }

    private static float[] pool(FloatBuffer vectors, int tokens) {
        double[] sum = new double[DIMENSIONS];
        for (int i = 0; i < tokens; i++) {
            for (int k = 0; k < DIMENSIONS; k++) {
                sum[k] += vectors.get(i * DIMENSIONS + k);
            }
        }
        double squares = 0;
        for (double value : sum) {
            squares += value * value;
        }
        double length = Math.max(Math.sqrt(squares), 1e-12);
        float[] pooled = new float[DIMENSIONS];
        for (int k = 0; k < DIMENSIONS; k++) {
            pooled[k] = (float) (sum[k] / length);
        }
        return pooled;
    }

    /** Frees the model. No text may be in work. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not free the model", e);
        }
    }
}
