package dev.tandem.llamacpp;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.llamacpp.calls.CallFormat;
import dev.tandem.llamacpp.calls.CallReader;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.ToolCallDelta;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** The calls of one choice as chunks. Used by the call's thread. */
final class CallWriter implements CallReader.Listener {
    private static final String LETTERS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 24;
    private static final int SHORT_ID_LENGTH = 9;
    private static final RandomGenerator RANDOM = new SecureRandom();

    private final ChunkWriter chunks;
    private final int choice;
    private final boolean older;
    private final boolean shortIds;
    private int calls;

    /**
     * @param older as {@code function_call} rather than {@code tool_calls}
     */
    CallWriter(ChunkWriter chunks, int choice, CallFormat format, boolean older) {
        this.chunks = chunks;
        this.choice = choice;
        this.older = older;
        this.shortIds = format.hasShortIds();
    }

    @Override
    public void begun(String name) {
        FunctionCallDelta.Builder function =
                FunctionCallDelta.newBuilder().setName(name).setArguments("");
        if (older) {
            chunks.delta(choice, Delta.newBuilder().setFunctionCall(function).build());
        } else {
            send(
                    ToolCallDelta.newBuilder()
                            .setIndex(calls)
                            .setId(id())
                            .setType("function")
                            .setFunction(function));
        }
        calls++;
    }

    @Override
    public void arguments(String more) {
        FunctionCallDelta.Builder function = FunctionCallDelta.newBuilder().setArguments(more);
        if (older) {
            chunks.delta(choice, Delta.newBuilder().setFunctionCall(function).build());
        } else {
            send(ToolCallDelta.newBuilder().setIndex(calls - 1).setFunction(function));
        }
    }

    private void send(ToolCallDelta.Builder call) {
        chunks.delta(choice, Delta.newBuilder().addToolCalls(call).build());
    }

    private String id() {
        var id = new StringBuilder(shortIds ? "" : "call_");
        int length = shortIds ? SHORT_ID_LENGTH : ID_LENGTH;
        RANDOM.ints(length, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
        return id.toString();
    }
}
