package dev.tandem.structured.partial;

import dev.tandem.structured.partial.Position.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items of a list that is still being written, each as soon as it is complete. The list is the
 * whole text, or a property of the object that is the whole text. Only the item in work is kept;
 * time is linear in the text's length. For one thread.
 */
public final class GrowingList {
    private final @Nullable String quotedProperty;
    private final int listDepth;
    private final Position position = new Position();
    private final StringBuilder item = new StringBuilder();
    private final StringBuilder key = new StringBuilder();
    private boolean inList;

    private GrowingList(@Nullable String quotedProperty, int listDepth) {
        this.quotedProperty = quotedProperty;
        this.listDepth = listDepth;
    }

    /** The items of the list that is the whole text. */
    public static GrowingList whole() {
        return new GrowingList(null, 1);
    }

    /**
     * The items of the list that is a property of the whole text.
     *
     * @param name without characters that JSON escapes
     */
    public static GrowingList property(String name) {
        return new GrowingList("\"" + name + "\"", 2);
    }

    /**
     * Goes on by a piece of the text; returns the JSON texts of the items that it completed.
     *
     * @throws NotJson where the text is not the beginning of JSON
     */
    public List<String> take(String piece) {
        List<String> complete = new ArrayList<>();
        for (int i = 0; i < piece.length(); i++) {
            take(piece.charAt(i), complete);
        }
        return complete;
    }

    /** Whether the text is one whole value. */
    public boolean isComplete() {
        return position.isComplete();
    }

    private void take(char c, List<String> complete) {
        State before = position.state();
        int depthBefore = position.depth();
        position.take(c);
        State after = position.state();
        if (inList) {
            item(c, before, depthBefore, complete);
        } else if (after == State.FIRST_ITEM && position.depth() == listDepth) {
            inList = quotedProperty == null || key.toString().equals(quotedProperty);
        }
        key(c, before, after);
    }

    private void key(char c, State before, State after) {
        if (position.depth() != 1) {
            return;
        }
        if (after == State.IN_KEY && before != State.IN_KEY) {
            key.setLength(0);
        }
        if (after == State.IN_KEY || before == State.IN_KEY) {
            key.append(c);
        }
    }

    private void item(char c, State before, int depthBefore, List<String> complete) {
        State after = position.state();
        if (depthBefore == listDepth && before == State.IN_WORD && after != State.IN_WORD) {
            finish(complete);
        }
        if (position.depth() < listDepth) {
            inList = false;
            return;
        }
        if (isOfItem(after)) {
            item.append(c);
        }
        if (after == State.BEHIND && position.depth() == listDepth && !item.isEmpty()) {
            finish(complete);
        }
    }

    private boolean isOfItem(State after) {
        return position.depth() > listDepth
                || switch (after) {
                    case IN_STRING, IN_WORD -> true;
                    case BEHIND -> !item.isEmpty();
                    default -> false;
                };
    }

    private void finish(List<String> complete) {
        complete.add(item.toString());
        item.setLength(0);
    }
}
