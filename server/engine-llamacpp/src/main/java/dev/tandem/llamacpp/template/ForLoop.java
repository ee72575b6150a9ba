package dev.tandem.llamacpp.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code {% for target in items if condition recursive %}…{% else %}…{% endfor %}}.
 *
 * @param otherwise runs when there is nothing to loop over
 */
record ForLoop(
        Target target,
        Expression items,
        @Nullable Expression condition,
        boolean recursive,
        Statement body,
        Statement otherwise)
        implements Statement {

    @Override
    public Flow execute(Rendering rendering) {
        Value source = items.evaluate(rendering);
        return run(rendering, Access.items(rendering.budget(), source), 0);
    }

    private Flow run(Rendering rendering, List<Value> source, int depth) {
        rendering.budget().enter();
        List<Value> chosen = condition == null ? source : choose(rendering, source, condition);
        Flow flow =
                chosen.isEmpty() ? otherwise.execute(rendering) : passes(rendering, chosen, depth);
        rendering.budget().leave();
        return flow;
    }

    private Flow passes(Rendering rendering, List<Value> chosen, int depth) {
        LoopState loop = new LoopState(chosen, depth, recursive ? this::again : null);
        for (Value item : chosen) {
            rendering.budget().step();
            Scope pass = new Scope(rendering.scope());
            pass.put("loop", loop);
            target.assign(rendering, pass, item);
            if (rendering.run(pass, body) == Flow.BREAK) {
                break;
            }
            loop.advance();
        }
        return Flow.NEXT;
    }

    private List<Value> choose(Rendering rendering, List<Value> source, Expression filter) {
        List<Value> chosen = new ArrayList<>();
        for (Value item : source) {
            rendering.budget().step();
            Scope pass = new Scope(rendering.scope());
            target.assign(rendering, pass, item);
            if (rendering.evaluate(pass, filter).truth()) {
                chosen.add(item);
            }
        }
        return chosen;
    }

    /** {@code loop(items)} in a recursive loop: the text of the loop over these items. */
    private Text again(Rendering rendering, Value value, int depth) {
        List<Value> source = Access.items(rendering.budget(), value);
        return rendering.capture(rendering.scope(), inner -> run(inner, source, depth));
    }
}
