package dev.tandem.upstream.openai;

import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One choice of an answer, brought into the order that engines keep. Used by one thread. */
final class ChoiceRelay {
    private final int index;
    private final Set<String> extras;
    private final ToolCallNumbers toolCalls;
    private boolean begun;
    private boolean finished;

    /**
     * @param extras the names of the fields beyond the contract that go through
     * @param callPrefix of the ids of tool calls that have none
     */
    ChoiceRelay(int index, Set<String> extras, String callPrefix) {
        this.index = index;
        this.extras = extras;
        toolCalls = new ToolCallNumbers(callPrefix);
    }

    /** Has its finish reason come? */
    boolean finished() {
        return finished;
    }

    /** The news as they go on; null where there are none. */
    @Nullable ChunkChoice follow(ChunkChoice told) {
        if (finished) {
            return null;
        }
        if (isPlainPiece(told)) {
            return told;
        }
        ChunkChoice.Builder news =
                told.toBuilder().setIndex(index).setDelta(delta(told.getDelta()));
        if (told.getFinishReason().isEmpty()) {
            news.clearFinishReason();
        } else {
            news.setFinishReason(FinishReasons.of(told.getFinishReason()));
            finished = true;
        }
        boolean empty =
                !finished
                        && !news.hasLogprobs()
                        && news.getDelta().equals(Delta.getDefaultInstance());
        return empty ? null : news.build();
    }

    /** A piece of text in the middle, which most news are, goes on as it came. */
    private boolean isPlainPiece(ChunkChoice told) {
        Delta delta = told.getDelta();
        return begun
                && !told.hasFinishReason()
                && !delta.getContent().isEmpty()
                && delta.getRoleValue() == 0
                && delta.getToolCallsCount() == 0
                && delta.getExtraCount() == 0;
    }

    private Delta delta(Delta told) {
        Delta.Builder own = told.toBuilder().clearRole();
        if (!begun) {
            own.setRole(Role.ROLE_ASSISTANT);
            begun = true;
        } else if (told.getContent().isEmpty()) {
            own.clearContent();
        }
        if (told.getToolCallsCount() > 0) {
            own.clearToolCalls().addAllToolCalls(toolCalls.number(told.getToolCallsList()));
        }
        for (String name : told.getExtraMap().keySet()) {
            if (!extras.contains(name)) {
                own.removeExtra(name);
            }
        }
        return own.build();
    }
}
