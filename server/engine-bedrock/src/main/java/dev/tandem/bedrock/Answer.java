package dev.tandem.bedrock;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.ToolCallDelta;
import dev.tandem.v1.Usage;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * What a model says, in chunks of the contract: from the role to the finish reason, the usage
 * behind. Used by the call's thread.
 */
final class Answer {
    private static final int ONLY = 0;

    /** A call of a tool that is being told. */
    private static final class ToolCall {
        private final int place;
        private boolean told;

        ToolCall(int place) {
            this.place = place;
        }
    }

    private final ChunkWriter writer;
    private final Set<String> extras;
    private final @Nullable String answerTool;
    private final Map<Integer, ToolCall> calls = new HashMap<>(2); // by the block's number
    private boolean begun;
    private int answerBlock = -1;
    private boolean answered;
    private int places;
    private boolean finished;
    private @Nullable Usage usage;

    /**
     * @param extras the fields beyond the contract that go through
     * @param answerTool the tool whose input is the answer; null where the answer is text
     */
    Answer(ChunkWriter writer, Set<String> extras, @Nullable String answerTool) {
        this.writer = writer;
        this.extras = extras;
        this.answerTool = answerTool;
    }

    /** The model begins to speak. */
    void begin() {
        if (!begun) {
            begun = true;
            writer.begin(ONLY);
        }
    }

    /** More text. Beside a tool whose input is the answer, what else is said is none of it. */
    void text(String text) {
        begin();
        if (answerTool == null && !text.isEmpty()) {
            writer.text(ONLY, text);
        }
    }

    /** More reasoning, as text. */
    void reasoning(String text) {
        extra(ReasoningFields.CONTENT, text);
    }

    /** The signature of the reasoning before. */
    void signature(String signature) {
        extra(ReasoningFields.SIGNATURE, signature);
    }

    /** Reasoning that only the model can read. */
    void redacted(SdkBytes bytes) {
        extra(
                ReasoningFields.REDACTED,
                Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
    }

    private void extra(String name, String text) {
        begin();
        if (extras.contains(name) && !text.isEmpty()) {
            String json = Documents.write(Document.fromString(text));
            writer.delta(ONLY, Delta.newBuilder().putExtra(name, json).build());
        }
    }

    /** A call of a tool begins. */
    void call(int block, String id, String name) {
        begin();
        if (name.equals(answerTool) && !answered) {
            answerBlock = block;
            answered = true;
            return;
        }
        if (calls.putIfAbsent(block, new ToolCall(places)) != null) {
            throw new BrokenAnswerException("it begins a call twice");
        }
        writer.delta(
                ONLY,
                call(
                        ToolCallDelta.newBuilder()
                                .setIndex(places++)
                                .setId(id)
                                .setType("function")
                                .setFunction(
                                        FunctionCallDelta.newBuilder()
                                                .setName(name)
                                                .setArguments(""))));
    }

    /** More of a call's input, as JSON text. */
    void input(int block, String json) {
        if (json.isEmpty()) {
            return;
        }
        if (block == answerBlock) {
            writer.text(ONLY, json);
            return;
        }
        ToolCall call = calls.get(block);
        if (call == null) {
            throw new BrokenAnswerException("it goes on with a call that it did not begin");
        }
        call.told = true;
        writer.delta(ONLY, call(arguments(call.place, json)));
    }

    /** A block is complete. Callers read arguments as JSON, which no text at all is not. */
    void endBlock(int block) {
        ToolCall call = calls.get(block);
        if (call != null && !call.told) {
            call.told = true;
            writer.delta(ONLY, call(arguments(call.place, "{}")));
        }
        if (block == answerBlock) {
            answerBlock = -1;
        }
    }

    private static ToolCallDelta.Builder arguments(int place, String json) {
        return ToolCallDelta.newBuilder()
                .setIndex(place)
                .setFunction(FunctionCallDelta.newBuilder().setArguments(json));
    }

    private static Delta call(ToolCallDelta.Builder call) {
        return Delta.newBuilder().addToolCalls(call).build();
    }

    /** The model is done, by the API's word for why. */
    void finish(String reason) {
        begin();
        String failure = FinishReasons.failure(reason);
        if (failure != null) {
            throw new BrokenAnswerException(failure);
        }
        boolean byTool = answered && reason.equals("tool_use");
        writer.finish(ONLY, byTool ? "stop" : FinishReasons.of(reason));
        finished = true;
    }

    /** What it took. */
    void usage(TokenUsage told) {
        usage = Usages.of(told);
    }

    /** Nothing more comes. */
    void end() {
        if (!finished) {
            throw new BrokenAnswerException("it ended its answer without a stop reason");
        }
        leave();
    }

    /** The call is over before the answer is: the usage is passed on where it is known. */
    void leave() {
        Usage told = usage;
        if (told != null) {
            writer.usage(told);
        }
    }
}
