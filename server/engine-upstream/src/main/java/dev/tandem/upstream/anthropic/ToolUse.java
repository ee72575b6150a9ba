package dev.tandem.upstream.anthropic;

import dev.tandem.upstream.ask.Told;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.ToolCallDelta;

/** A call that the model is writing. Used by one thread. */
final class ToolUse {
    private final int place;
    private final Told block;
    private boolean written;

    /**
     * @param place among the answer's calls, from 0
     * @param block as it began: id, name, and the input where it came at once
     */
    ToolUse(int place, Told block) {
        this.place = place;
        this.block = block;
    }

    String name() {
        return block.text("name");
    }

    Delta begin() {
        return call(
                ToolCallDelta.newBuilder()
                        .setId(block.text("id"))
                        .setType("function")
                        .setFunction(
                                FunctionCallDelta.newBuilder().setName(name()).setArguments("")));
    }

    /** Remembers that some of the input came in pieces. */
    void write() {
        written = true;
    }

    Delta more(String json) {
        return call(
                ToolCallDelta.newBuilder()
                        .setFunction(FunctionCallDelta.newBuilder().setArguments(json)));
    }

    /** The rest of the input's text: that with which it began, where no pieces came. */
    String rest() {
        return written ? "" : block.has("input") ? block.json("input") : "{}";
    }

    private Delta call(ToolCallDelta.Builder call) {
        return Delta.newBuilder().addToolCalls(call.setIndex(place)).build();
    }
}
