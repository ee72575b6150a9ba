package dev.tandem.llamacpp;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.llamacpp.calls.CallFormat;
import dev.tandem.llamacpp.calls.CallReader;
import dev.tandem.llamacpp.loop.FinishReason;
import dev.tandem.llamacpp.loop.Generation;
import dev.tandem.llamacpp.loop.Piece;
import dev.tandem.llamacpp.loop.TokenLogprob;
import dev.tandem.llamacpp.loop.Usage;
import dev.tandem.llamacpp.loop.Vocabulary;
import dev.tandem.structured.json.JsonWriter;
import dev.tandem.v1.ChoiceLogprobs;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.PromptTokensDetails;
import dev.tandem.v1.Role;
import dev.tandem.v1.TopLogprob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pieces of one generation as chunks. Used by the call's thread. */
final class PieceWriter implements Generations.Writer {
    /** JSON has no minus infinity; the least likely token is not likelier than this. */
    private static final double LEAST_LOGPROB = -9999;

    private static final String THOUGHTS = "reasoning_content";

    private final ChunkWriter chunks;
    private final Vocabulary vocabulary;
    private final CallFormat format;
    private final boolean older;
    private final BitSet begun = new BitSet();
    private final Map<Integer, CallReader> calls = new HashMap<>();

    /**
     * @param format how the model writes calls
     * @param older whether calls are told as {@code function_call}
     */
    PieceWriter(ChunkWriter chunks, Vocabulary vocabulary, CallFormat format, boolean older) {
        this.chunks = chunks;
        this.vocabulary = vocabulary;
        this.format = format;
        this.older = older;
    }

    /** A choice's first piece carries the role, its last one is followed by the finish reason. */
    @Override
    public void piece(Piece piece, Generation from) {
        ChunkChoice.Builder news = ChunkChoice.newBuilder().setDelta(delta(piece));
        if (!piece.logprobs().isEmpty()) {
            news.setLogprobs(logprobs(piece.logprobs()));
        }
        ChunkChoice told = news.build();
        if (told.hasLogprobs() || !told.getDelta().equals(Delta.getDefaultInstance())) {
            chunks.choice(told.toBuilder().setIndex(piece.choice()).build());
        }
        if (!piece.calls().isEmpty()) {
            calls.computeIfAbsent(piece.choice(), this::reader).push(piece.calls());
        }
        if (piece.finish() != null) {
            chunks.finish(piece.choice(), word(piece.finish(), calls.get(piece.choice())));
        }
    }

    private CallReader reader(int choice) {
        return new CallReader(format, new CallWriter(chunks, choice, format, older));
    }

    private Delta delta(Piece piece) {
        Delta.Builder delta = Delta.newBuilder();
        if (!begun.get(piece.choice())) {
            begun.set(piece.choice());
            delta.setRole(Role.ROLE_ASSISTANT);
            if (piece.calls().isEmpty() && piece.thoughts().isEmpty()) {
                delta.setContent("");
            }
        }
        if (!piece.thoughts().isEmpty()) {
            delta.putExtra(THOUGHTS, JsonWriter.quoted(piece.thoughts()));
        }
        if (!piece.text().isEmpty()) {
            delta.setContent(piece.text());
        }
        return delta.build();
    }

    /** The last chunk. */
    @Override
    public void usage(Usage usage) {
        chunks.usage(message(usage));
    }

    static dev.tandem.v1.Usage message(Usage usage) {
        return dev.tandem.v1.Usage.newBuilder()
                .setPromptTokens(usage.promptTokens())
                .setCompletionTokens(usage.completionTokens())
                .setTotalTokens(usage.promptTokens() + usage.completionTokens())
                .setPromptTokensDetails(
                        PromptTokensDetails.newBuilder()
                                .setCachedTokens(usage.cachedPromptTokens()))
                .build();
    }

    private String word(FinishReason finish, @Nullable CallReader called) {
        return switch (finish) {
            case STOP ->
                    called == null || !called.isWhole()
                            ? "stop"
                            : older ? "function_call" : "tool_calls";
            case LENGTH -> "length";
        };
    }

    private ChoiceLogprobs logprobs(List<TokenLogprob> tokens) {
        ChoiceLogprobs.Builder all = ChoiceLogprobs.newBuilder();
        for (TokenLogprob token : tokens) {
            byte[] bytes = vocabulary.bytes(token.token());
            dev.tandem.v1.TokenLogprob.Builder entry =
                    dev.tandem.v1.TokenLogprob.newBuilder()
                            .setToken(new String(bytes, StandardCharsets.UTF_8))
                            .setLogprob(finite(token.logprob()))
                            .addAllBytes(unsigned(bytes));
            for (TokenLogprob other : token.top()) {
                byte[] otherBytes = vocabulary.bytes(other.token());
                entry.addTopLogprobs(
                        TopLogprob.newBuilder()
                                .setToken(new String(otherBytes, StandardCharsets.UTF_8))
                                .setLogprob(finite(other.logprob()))
                                .addAllBytes(unsigned(otherBytes)));
            }
            all.addContent(entry);
        }
        return all.build();
    }

    static double finite(float logprob) {
        return Math.max(LEAST_LOGPROB, logprob);
    }

    private static List<Integer> unsigned(byte[] bytes) {
        List<Integer> values = new ArrayList<>(bytes.length);
        for (byte b : bytes) {
            values.add(b & 0xff);
        }
        return values;
    }
}
