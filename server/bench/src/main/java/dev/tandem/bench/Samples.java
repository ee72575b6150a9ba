package dev.tandem.bench;

import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Delta;
import dev.tandem.v1.Role;

/**
 * The messages that the benchmarks measure with: a chunk of a dozen values, a request of ten
 * messages.
 */
final class Samples {
    private Samples() {}

    static ChatChunk chunk() {
        return ChatChunk.newBuilder()
                .setId("chatcmpl-9xYzAbCdEfGhIjKlMnOpQrStUv")
                .setCreated(1_781_234_567L)
                .setModel("llama-3.1-8b-instruct")
                .setServiceTier("default")
                .setSystemFingerprint("fp_44709d6fcb")
                .addChoices(
                        ChunkChoice.newBuilder()
                                .setIndex(0)
                                .setDelta(
                                        Delta.newBuilder()
                                                .setRole(Role.ROLE_ASSISTANT)
                                                .setContent(" streaming")))
                .build();
    }

    static ChatRequest request() {
        ChatRequest.Builder request =
                ChatRequest.newBuilder()
                        .setModel("llama-3.1-8b-instruct")
                        .setTemperature(0.7)
                        .setTopP(0.9)
                        .setMaxTokens(512)
                        .setStream(true)
                        .addStop("</s>")
                        .setSeed(42)
                        .setUser("user-1234");
        for (int i = 0; i < 10; i++) {
            request.addMessages(
                    ChatMessage.newBuilder()
                            .setRole(i % 2 == 0 ? Role.ROLE_USER : Role.ROLE_ASSISTANT)
                            .addContent(
                                    ContentPart.newBuilder()
                                            .setText(
                                                    "Message "
                                                            + i
                                                            + ": Please explain how a virtual thread differs from a platform"
                                                            + " thread, in two short sentences, \"for beginners\".\n"
                                                            + "Thanks.")));
        }
        return request.build();
    }
}
