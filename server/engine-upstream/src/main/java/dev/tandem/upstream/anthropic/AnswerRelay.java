package dev.tandem.upstream.anthropic;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.Told;
import dev.tandem.upstream.ask.UpstreamErrors;
import dev.tandem.v1.Delta;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of an answer as chunks of the contract. Blocks come one after the other. Events and
 * blocks that are not known are passed over, as the API wants it. Used by one thread.
 */
final class AnswerRelay {
    private static final String REASONING = "reasoning_content";

    private final ChunkWriter out;
    private final Set<String> extras;
    private final boolean answersByTool;
    private final UpstreamErrors errors;
    private final Spent spent = new Spent();
    private final Thoughts thoughts = new Thoughts();
    private @Nullable ToolUse tool;
    private String block = "";
    private int calls;
    private boolean begun;
    private boolean finished;

    /**
     * @param extras the names of the fields beyond the contract that go through
     * @param answersByTool is the input of the tool {@link ResponseFields#ANSWER} the answer?
     */
    AnswerRelay(ChunkWriter out, Set<String> extras, boolean answersByTool, UpstreamErrors errors) {
        this.out = out;
        this.extras = extras;
        this.answersByTool = answersByTool;
        this.errors = errors;
    }

    /**
     * One event, which is no error.
     *
     * @return whether it was the last
     */
    boolean take(Told event) {
        switch (event.text("type")) {
            case "message_start" -> begin(event.object("message"));
            case "content_block_start" -> beginBlock(event.object("content_block"));
            case "content_block_delta" -> follow(event.object("delta"));
            case "content_block_stop" -> endBlock();
            case "message_delta" -> finish(event);
            case "message_stop" -> {
                end();
                return true;
            }
            default -> {} // ping, and what a later version may add
        }
        return false;
    }

    private void begin(Told message) {
        if (begun) {
            throw errors.broken("it began its answer twice");
        }
        begun = true;
        spent.take(message.object("usage"));
        out.begin(0);
    }

    private void beginBlock(Told told) {
        checkRunning();
        block = told.text("type");
        switch (block) {
            case "text" -> text(told.text("text"));
            case "thinking" -> {
                thoughts.begin();
                think(told.text("thinking"));
                thoughts.sign(told.text("signature"));
            }
            case "redacted_thinking" -> thoughts.redacted(told);
            case "tool_use" -> call(told);
            default -> {}
        }
    }

    private void call(Told told) {
        ToolUse use = new ToolUse(calls, told);
        tool = use;
        if (!isAnswer(use)) {
            calls++;
            out.delta(0, use.begin());
        }
    }

    private boolean isAnswer(ToolUse use) {
        return answersByTool && use.name().equals(ResponseFields.ANSWER);
    }

    private void follow(Told delta) {
        checkRunning();
        switch (delta.text("type")) {
            case "text_delta" -> text(delta.text("text"));
            case "thinking_delta" -> think(delta.text("thinking"));
            case "signature_delta" -> thoughts.sign(delta.text("signature"));
            case "input_json_delta" -> {
                ToolUse use = tool;
                String json = delta.text("partial_json");
                if (use != null && !json.isEmpty()) {
                    use.write();
                    write(use, json);
                }
            }
            default -> {}
        }
    }

    private void write(ToolUse use, String json) {
        if (isAnswer(use)) {
            text(json);
        } else {
            out.delta(0, use.more(json));
        }
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            out.text(0, text);
        }
    }

    private void think(String text) {
        thoughts.think(text);
        if (!text.isEmpty() && extras.contains(REASONING)) {
            extra(REASONING, JsonObject.text(text));
        }
    }

    private void extra(String name, String json) {
        out.delta(0, Delta.newBuilder().putExtra(name, json).build());
    }

    private void endBlock() {
        ToolUse use = tool;
        if (use != null && !use.rest().isEmpty()) {
            write(use, use.rest());
        }
        if (block.equals("thinking")) {
            thoughts.end();
        }
        tool = null;
        block = "";
    }

    private void finish(Told event) {
        checkRunning();
        spent.take(event.object("usage"));
        String reason = event.object("delta").text("stop_reason");
        if (reason.isEmpty()) {
            return;
        }
        if (!thoughts.isEmpty() && extras.contains(Conversation.THINKING_BLOCKS)) {
            extra(Conversation.THINKING_BLOCKS, thoughts.json());
        }
        finished = true;
        out.finish(0, StopReasons.of(reason, calls > 0));
    }

    private void checkRunning() {
        if (!begun || finished) {
            throw errors.broken("its events come in no order of this API");
        }
    }

    private void end() {
        if (!finished) {
            throw errors.broken("it ended its answer without a stop reason");
        }
        leave();
    }

    /** The call is over: what it took is passed on where it is known. */
    void leave() {
        if (spent.known()) {
            out.usage(spent.usage());
        }
    }
}
