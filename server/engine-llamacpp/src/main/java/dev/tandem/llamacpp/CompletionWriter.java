package dev.tandem.llamacpp;

import dev.tandem.llamacpp.loop.FinishReason;
import dev.tandem.llamacpp.loop.Generation;
import dev.tandem.llamacpp.loop.Piece;
import dev.tandem.llamacpp.loop.Usage;
import dev.tandem.llamacpp.loop.Vocabulary;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TextCompletionChoice;
import java.util.HashMap;
import java.util.Map;

/** The pieces of one generation as the continuation of a prompt. Used by the call's thread. */
final class CompletionWriter implements Generations.Writer {
    private final CompletionRequest request;
    private final TextPrompt prompt;
    private final TextCompletion envelope;
    private final Sink<TextCompletion> sink;
    private final Vocabulary vocabulary;
    private final Map<Integer, TokenTable> tables = new HashMap<>(); // by choice

    /**
     * @param envelope id, time, model and fingerprint, set in every message
     */
    CompletionWriter(
            CompletionRequest request,
            TextPrompt prompt,
            TextCompletion envelope,
            Sink<TextCompletion> sink,
            Vocabulary vocabulary) {
        this.request = request;
        this.prompt = prompt;
        this.envelope = envelope;
        this.sink = sink;
        this.vocabulary = vocabulary;
    }

    /** Does the request want nothing but its prompt back? One token is generated and not told. */
    static boolean generatesNothing(CompletionRequest request) {
        return request.hasMaxTokens() && request.getMaxTokens() == 0;
    }

    @Override
    public void piece(Piece piece, Generation from) {
        TextCompletionChoice.Builder choice =
                TextCompletionChoice.newBuilder().setIndex(piece.choice());
        TokenTable table = tables.get(piece.choice());
        if (table == null) {
            table = new TokenTable(vocabulary, request.getLogprobs());
            tables.put(piece.choice(), table);
            echo(choice, table, from);
        }
        boolean nothing = generatesNothing(request);
        if (!nothing) {
            choice.setText(choice.getText() + piece.text());
            piece.logprobs().forEach(table::addGenerated);
        }
        if (piece.finish() != null) {
            choice.setFinishReason(word(nothing ? FinishReason.LENGTH : piece.finish()));
        }
        if (request.hasLogprobs() && !table.isEmpty()) {
            choice.setLogprobs(table.take());
        }
        sink.send(envelope.toBuilder().addChoices(choice).build());
    }

    private void echo(TextCompletionChoice.Builder choice, TokenTable table, Generation from) {
        if (!request.getEcho()) {
            return;
        }
        choice.setText(prompt.text());
        if (request.hasLogprobs()) {
            int[] tokens = prompt.tokens();
            for (int i = prompt.hidden(); i < tokens.length; i++) {
                if (i == 0) {
                    table.addFirst(tokens[i]);
                } else {
                    table.addEchoed(from.promptLogprobs().get(i - 1));
                }
            }
        }
    }

    private static String word(FinishReason finish) {
        return switch (finish) {
            case STOP -> "stop";
            case LENGTH -> "length";
        };
    }

    @Override
    public void usage(Usage usage) {
        Usage told =
                generatesNothing(request)
                        ? new Usage(usage.promptTokens(), usage.cachedPromptTokens(), 0)
                        : usage;
        sink.send(envelope.toBuilder().setUsage(PieceWriter.message(told)).build());
    }
}
