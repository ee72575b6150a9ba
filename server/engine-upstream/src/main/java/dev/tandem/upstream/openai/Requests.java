package dev.tandem.upstream.openai;

import com.google.protobuf.Message;
import dev.tandem.engines.Refusal;
import dev.tandem.engines.TokenLimit;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.upstream.ask.Passage;
import dev.tandem.upstream.openai.OpenAiSettings.Dialect;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.StreamOptions;

/** Requests of the contract as the server takes them: JSON. For all threads. */
final class Requests {
    private final Dialect dialect;
    private final Passage passage;
    private final JsonCodec chat;
    private final JsonCodec completion;
    private final JsonCodec embedding;

    Requests(OpenAiSettings settings, JsonCodecs codecs) {
        dialect = settings.dialect();
        passage = new Passage(settings.passing());
        chat = codecs.of(ChatRequest.getDefaultInstance());
        completion = codecs.of(CompletionRequest.getDefaultInstance());
        embedding = codecs.of(EmbeddingRequest.getDefaultInstance());
    }

    byte[] of(ChatRequest request) {
        passage.checkRequest(request.getExtraMap());
        ChatRequest.Builder own = request.toBuilder();
        for (int i = 0; i < own.getMessagesCount(); i++) {
            own.setMessages(i, passage.message(own.getMessages(i), "messages[" + i + "]"));
        }
        limit(request, own);
        own.clearStreamOptions().setStream(dialect.streams());
        if (dialect.streams() && (dialect.asksUsage() || request.hasStreamOptions())) {
            own.setStreamOptions(options(request.getStreamOptions()));
        }
        return write(chat, own.build());
    }

    private void limit(ChatRequest request, ChatRequest.Builder own) {
        TokenLimit.of(request)
                .ifPresent(tokens -> {
                    switch (dialect.tokenLimit()) {
                        case AS_ASKED -> {}
                        case MAX_TOKENS -> own.clearMaxCompletionTokens().setMaxTokens(tokens);
                        case MAX_COMPLETION_TOKENS ->
                                own.clearMaxTokens().setMaxCompletionTokens(tokens);
                    }
                });
    }

    private StreamOptions options(StreamOptions asked) {
        StreamOptions.Builder options = asked.toBuilder().clearIncludeUsage();
        if (dialect.asksUsage()) {
            options.setIncludeUsage(true);
        }
        return options.build();
    }

    byte[] of(CompletionRequest request) {
        passage.checkRequest(request.getExtraMap());
        CompletionRequest.Builder own =
                request.toBuilder().clearStreamOptions().setStream(dialect.streams());
        if (dialect.streams() && (dialect.asksUsage() || request.hasStreamOptions())) {
            own.setStreamOptions(options(request.getStreamOptions()));
        }
        return write(completion, own.build());
    }

    /** Vectors come as numbers, which every server can. */
    byte[] of(EmbeddingRequest request) {
        passage.checkRequest(request.getExtraMap());
        return write(embedding, request.toBuilder().clearEncodingFormat().build());
    }

    private static byte[] write(JsonCodec codec, Message request) {
        JsonBuffer out = new JsonBuffer();
        try {
            codec.write(request, out);
        } catch (IllegalArgumentException e) {
            throw Refusal.unsupportedValue(
                    "extra", "A field that must hold JSON text does not: " + e.getMessage() + ".");
        }
        return out.toByteArray();
    }
}
