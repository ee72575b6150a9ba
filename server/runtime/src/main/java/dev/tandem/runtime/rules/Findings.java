package dev.tandem.runtime.rules;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The broken rules of one message, and the way to the value that is looked at. The way is kept in
 * arrays, so that a message that keeps its rules costs next to nothing; paths are made of it for
 * those that are broken only.
 */
public final class Findings {
    /** How many are listed; the others are only counted. */
    public static final int MOST = 100;

    /**
     * One broken rule.
     *
     * @param place the path by the fields of the message, each spelled out
     * @param violation the same for the caller: where a value may stand bare, its path is that of
     *     the bare value
     */
    public record Finding(String place, Violation violation) {}

    private final List<Finding> listed = new ArrayList<>(0);
    private int count;

    private Step[] steps = new Step[8];
    private int depth;

    /** One field on the way: mutable, since it is used again for the next value at its depth. */
    static final class Step {
        Message owner;
        FieldDescriptor field;
        int index;
        Object key;

        Step(Message owner, FieldDescriptor field) {
            this.owner = owner;
            this.field = field;
            this.index = -1;
            this.key = this;
        }

        boolean hasKey() {
            return key != this;
        }
    }

    /** What was found, at most {@link #MOST}. */
    public List<Finding> listed() {
        return listed;
    }

    /** How many rules are broken, listed or not. */
    public int count() {
        return count;
    }

    /** Goes into a field of a message. */
    void enter(Message owner, FieldDescriptor field) {
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, depth * 2);
        }
        Step step = steps[depth];
        if (step == null) {
            steps[depth] = new Step(owner, field);
        } else {
            step.owner = owner;
            step.field = field;
            step.index = -1;
            step.key = step;
        }
        depth++;
    }

    /** Goes to an element of the list in the field. */
    void index(int index) {
        steps[depth - 1].index = index;
    }

    /** Goes to a value of the map in the field. */
    void key(Object key) {
        steps[depth - 1].key = key;
    }

    /** Goes out of the field. */
    void leave() {
        depth--;
    }

    /** How many fields deep the way is. */
    int depth() {
        return depth;
    }

    /** Goes out to a depth at which it was before. */
    void leaveTo(int before) {
        depth = before;
    }

    /** Notes that the value that is looked at breaks a rule. */
    void add(String id, String sentence) {
        count++;
        if (listed.size() < MOST) {
            List<Step> way = Arrays.asList(steps).subList(0, depth);
            listed.add(
                    new Finding(
                            RulePath.spelledOut(way),
                            new Violation(RulePath.asSent(way), id, sentence)));
        }
    }
}
