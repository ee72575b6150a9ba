package dev.tandem.llamacpp.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}. */
final class LoopState implements Value {

    /** Runs the same loop over other items. */
    @FunctionalInterface
    interface Recursion {
        Text run(Rendering rendering, Value items, int depth);
    }

    private final List<Value> items;
    private final int depth;
    private final @Nullable Recursion recursion;
    private int index;
    private @Nullable Value lastChange;

    LoopState(List<Value> items, int depth, @Nullable Recursion recursion) {
        this.items = items;
        this.depth = depth;
        this.recursion = recursion;
    }

    void advance() {
        index++;
    }

    Text recurse(Rendering rendering, Value value) {
        if (recursion == null) {
            throw TemplateException.runtime("the loop is called but not marked 'recursive'");
        }
        return recursion.run(rendering, value, depth + 1);
    }

    Value attribute(String name) {
        int size = items.size();
        return switch (name) {
            case "index" -> Num.of(index + 1L);
            case "index0" -> Num.of((long) index);
            case "revindex" -> Num.of((long) size - index);
            case "revindex0" -> Num.of(size - index - 1L);
            case "first" -> Bool.of(index == 0);
            case "last" -> Bool.of(index == size - 1);
            case "length" -> Num.of((long) size);
            case "depth" -> Num.of(depth + 1L);
            case "depth0" -> Num.of((long) depth);
            case "previtem" -> neighbour(index - 1);
            case "nextitem" -> neighbour(index + 1);
            case "cycle" -> (Callable) this::cycle;
            case "changed" -> (Callable) this::changed;
            default -> new Undefined("the loop has no attribute '" + name + "'");
        };
    }

    private Value neighbour(int place) {
        return place >= 0 && place < items.size()
                ? items.get(place)
                : new Undefined("there is no such item");
    }

    private Value cycle(Rendering rendering, Arguments arguments) {
        arguments.required(0, "item");
        return arguments.positional().get(index % arguments.size());
    }

    private Value changed(Rendering rendering, Arguments arguments) {
        Value now = Seq.tuple(arguments.positional());
        boolean changed =
                lastChange == null || !Comparing.equal(rendering.budget(), lastChange, now);
        lastChange = now;
        return Bool.of(changed);
    }

    @Override
    public boolean truth() {
        return true;
    }

    @Override
    public String typeName() {
        return "LoopContext";
    }
}
