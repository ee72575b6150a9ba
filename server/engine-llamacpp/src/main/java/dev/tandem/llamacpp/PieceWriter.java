package dev.tandem.llamacpp;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.llamacpp.loop.FinishReason;
import dev.tandem.llamacpp.loop.Generation;
import dev.tandem.llamacpp.loop.Piece;
import dev.tandem.llamacpp.loop.TokenLogprob;
import dev.tandem.llamacpp.loop.Usage;
import dev.tandem.llamacpp.loop.Vocabulary;
import dev.tandem.v1.ChoiceLogprobs;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.PromptTokensDetails;
import dev.tandem.v1.Role;
import dev.tandem.v1.TopLogprob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The pieces of one generation as chunks. Used by the call's thread. */
final class PieceWriter implements Generations.Writer {
    /** JSON has no minus infinity; the least likely token is not likelier than this. */
    private static final double LEAST_LOGPROB = -9999;

    private final ChunkWriter chunks;
    private final Vocabulary vocabulary;
    private final BitSet begun = new BitSet();

    PieceWriter(ChunkWriter chunks, Vocabulary vocabulary) {
        this.chunks = chunks;
        this.vocabulary = vocabulary;
    }

    /** A choice's first piece carries the role, its last one is followed by the finish reason. */
    @Override
    public void piece(Piece piece, Generation from) {
        Delta.Builder delta = Delta.newBuilder();
        boolean first = !begun.get(piece.choice());
        if (first) {
            begun.set(piece.choice());
            delta.setRole(Role.ROLE_ASSISTANT).setContent("");
        }
        if (!piece.text().isEmpty()) {
            delta.setContent(piece.text());
        }
        if (first || !piece.text().isEmpty() || !piece.logprobs().isEmpty()) {
            ChunkChoice.Builder choice =
                    ChunkChoice.newBuilder().setIndex(piece.choice()).setDelta(delta);
            if (!piece.logprobs().isEmpty()) {
                choice.setLogprobs(logprobs(piece.logprobs()));
            }
            chunks.choice(choice.build());
        }
        if (piece.finish() != null) {
            chunks.finish(piece.choice(), word(piece.finish()));
        }
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

    private static String word(FinishReason finish) {
        return switch (finish) {
            case STOP -> "stop";
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
