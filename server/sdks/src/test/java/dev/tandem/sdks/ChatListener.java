package dev.tandem.sdks;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;

/** Listens to a stream of LangChain4j, to its end or until it has heard enough. */
final class ChatListener implements StreamingChatResponseHandler {
    private final boolean leaves;
    private final StringBuilder heard = new StringBuilder();
    private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    private ChatListener(boolean leaves) {
        this.leaves = leaves;
    }

    static ChatListener toTheEnd() {
        return new ChatListener(false);
    }

    static ChatListener untilTheFirstText() {
        return new ChatListener(true);
    }

    String heard() {
        return heard.toString();
    }

    /** Done with the whole answer, or with the stream's error. */
    CompletableFuture<ChatResponse> whole() {
        return whole;
    }

    /** Done once the stream was cancelled. */
    CompletableFuture<Void> left() {
        return left;
    }

    @Override
    public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
        heard.append(part.text());
        if (leaves) {
            context.streamingHandle().cancel();
            left.complete(null);
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        whole.complete(response);
    }

    @Override
    public void onError(Throwable error) {
        whole.completeExceptionally(error);
    }
}
