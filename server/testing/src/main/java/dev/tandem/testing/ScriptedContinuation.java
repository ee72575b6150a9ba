package dev.tandem.testing;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Prompt;
import dev.tandem.v1.Role;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TextCompletionChoice;
import dev.tandem.v1.TextLogprobs;
import dev.tandem.v1.TokenScore;
import java.util.HashMap;
import java.util.Map;

/**
 * A script's chunks as the continuation of a prompt: each text is one token, of probability e to
 * the power of −0.5.
 */
final class ScriptedContinuation implements Sink<ChatChunk> {
    private static final double LOGPROB = -0.5;

    private final CompletionRequest request;
    private final TextCompletion envelope;
    private final Sink<TextCompletion> client;
    private final String prompt;
    private final Map<Integer, Integer> lengths = new HashMap<>(); // choice → characters told

    ScriptedContinuation(
            CompletionRequest request, TextCompletion envelope, Sink<TextCompletion> client) {
        this.request = request;
        this.envelope = envelope;
        this.client = client;
        this.prompt = text(request.getPrompt(0));
    }

    private static String text(Prompt prompt) {
        return prompt.hasTokens()
                ? ByteTokens.join(prompt.getTokens().getIdsList(), "prompt")
                : prompt.getText();
    }

    /** The prompt as a conversation, for which there is a script. */
    ChatRequest conversation() {
        return ChatRequest.newBuilder()
                .setModel(request.getModel())
                .addMessages(
                        ChatMessage.newBuilder()
                                .setRole(Role.ROLE_USER)
                                .addContent(ContentPart.newBuilder().setText(prompt)))
                .build();
    }

    @Override
    public void send(ChatChunk chunk) {
        TextCompletion.Builder piece = envelope.toBuilder();
        for (ChunkChoice news : chunk.getChoicesList()) {
            piece.addChoices(choice(news));
        }
        if (chunk.hasUsage()) {
            piece.setUsage(chunk.getUsage());
        }
        client.send(piece.build());
    }

    private TextCompletionChoice choice(ChunkChoice news) {
        boolean echo = request.getEcho() && !lengths.containsKey(news.getIndex());
        TextCompletionChoice.Builder choice =
                TextCompletionChoice.newBuilder().setIndex(news.getIndex());
        TextLogprobs.Builder logprobs = TextLogprobs.newBuilder();
        lengths.putIfAbsent(news.getIndex(), 0);
        if (echo) {
            append(choice, logprobs, prompt);
            logprobs.setTokenLogprobs(0, TokenScore.getDefaultInstance());
        }
        if (!news.getDelta().getContent().isEmpty()) {
            append(choice, logprobs, news.getDelta().getContent());
        }
        if (request.hasLogprobs() && logprobs.getTokensCount() > 0) {
            choice.setLogprobs(logprobs);
        }
        if (news.hasFinishReason()) {
            choice.setFinishReason(news.getFinishReason());
        }
        return choice.build();
    }

    private void append(
            TextCompletionChoice.Builder choice, TextLogprobs.Builder logprobs, String token) {
        choice.setText(choice.getText() + token);
        int from = lengths.merge(choice.getIndex(), token.length(), Integer::sum) - token.length();
        logprobs.addTokens(token)
                .addTokenLogprobs(TokenScore.newBuilder().setLogprob(LOGPROB))
                .addTextOffset(from);
        if (request.getLogprobs() > 0) {
            logprobs.addTopLogprobs(
                    Value.newBuilder()
                            .setStructValue(
                                    Struct.newBuilder()
                                            .putFields(
                                                    token,
                                                    Value.newBuilder()
                                                            .setNumberValue(LOGPROB)
                                                            .build())));
        }
    }
}
