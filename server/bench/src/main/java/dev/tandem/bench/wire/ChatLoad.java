package dev.tandem.bench.wire;

import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Conversations with the gateway's model, each with a caller's key.
 *
 * @param wire how
 * @param tokens how many each answer streams; 0 for one whole answer of a token
 * @param everyMillis the distance of its tokens, for upstreams that keep one; 0 for as fast as they
 *     are taken. The request says it as its {@code seed}, which every gateway passes on
 */
public record ChatLoad(Wire wire, int tokens, int everyMillis) implements Load {
    private static final String TEXT = "What is the capital of France?";

    /** As fast as they are taken. */
    public ChatLoad(Wire wire, int tokens) {
        this(wire, tokens, 0);
    }

    @Override
    public String path() {
        if (wire == Wire.GRPC) {
            return "/tandem.v1.ChatService/" + (streams() ? "Stream" : "Complete");
        }
        return "/v1/chat/completions";
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("authorization", "Bearer " + Keys.text(0));
    }

    @Override
    public byte[] body() {
        if (wire == Wire.GRPC) {
            ChatRequest.Builder request = request(streams() ? tokens : 1).toBuilder();
            if (everyMillis > 0) {
                request.setSeed(everyMillis);
            }
            return GrpcBody.framed(request.build().toByteArray());
        }
        String json =
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":%d,%s\"stream\":%s}"
                        .formatted(
                                BenchEngine.MODEL,
                                TEXT,
                                streams() ? tokens : 1,
                                everyMillis == 0 ? "" : "\"seed\":" + everyMillis + ",",
                                streams());
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    /** The same request for any client. */
    static ChatRequest request(int tokens) {
        return ChatRequest.newBuilder()
                .setModel(BenchEngine.MODEL)
                .addMessages(
                        ChatMessage.newBuilder()
                                .setRole(Role.ROLE_USER)
                                .addContent(ContentPart.newBuilder().setText(TEXT)))
                .setMaxTokens(tokens)
                .build();
    }

    @Override
    public Body answer(Tally tally) {
        Body.Messages check =
                streams()
                        ? new ChunkCheck(new TokenCheck(tokens, tally))
                        : new WholeCheck(System.nanoTime(), tally);
        if (wire == Wire.GRPC) {
            return new GrpcBody(check);
        }
        return streams() ? new EventBody(check) : new WholeBody(check);
    }
}
