package dev.tandem.gateway.cli;

import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns with a model, each answer streamed over gRPC. One answer at a time. */
final class Conversation {
    private final ChatServiceGrpc.ChatServiceBlockingV2Stub stub;
    private final AtomicReference<@Nullable BlockingClientCall<?, ChatChunk>> running =
            new AtomicReference<>();
    private ChatRequest soFar;

    /**
     * @param beginning model, options and system message of every turn
     */
    Conversation(Channel channel, ChatRequest beginning) {
        this.stub = ChatServiceGrpc.newBlockingV2Stub(channel);
        this.soFar = beginning;
    }

    /**
     * Asks and hands on the answer piece by piece. A stopped answer stays in the conversation as
     * far as it came; a failed one is forgotten together with its question.
     */
    void ask(String question, Consumer<String> pieces)
            throws StatusException, InterruptedException {
        ChatRequest asked =
                soFar.toBuilder().addMessages(message(Role.ROLE_USER, question)).build();
        StringBuilder answer = new StringBuilder();
        BlockingClientCall<?, ChatChunk> call = stub.stream(asked);
        running.set(call);
        try {
            for (ChatChunk chunk = call.read(); chunk != null; chunk = call.read()) {
                for (ChunkChoice choice : chunk.getChoicesList()) {
                    answer.append(choice.getDelta().getContent());
                    pieces.accept(choice.getDelta().getContent());
                }
            }
        } catch (StatusException e) {
            if (running.get() != null || e.getStatus().getCode() != Status.Code.CANCELLED) {
                throw e;
            }
        } finally {
            running.set(null);
        }
        soFar =
                asked.toBuilder()
                        .addMessages(message(Role.ROLE_ASSISTANT, answer.toString()))
                        .build();
    }

    /** Stops the answer that runs, if one does. From any thread. */
    void stop() {
        BlockingClientCall<?, ChatChunk> call = running.getAndSet(null);
        if (call != null) {
            call.cancel("stopped by the user", null);
        }
    }

    static ChatMessage message(Role role, String text) {
        return ChatMessage.newBuilder()
                .setRole(role)
                .addContent(ContentPart.newBuilder().setText(text))
                .build();
    }
}
