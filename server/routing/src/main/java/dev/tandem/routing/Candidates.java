package dev.tandem.routing;

import dev.tandem.v1.Capability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The routes that one call may take, in the order in which it takes them: by priority, within one
 * by chance and weight. Those are left out that are not ready or whose circuit is open, unless all
 * are: then they are asked all the same. For the call's thread.
 */
final class Candidates {
    private final List<Route> left;
    private final boolean anyway;
    private final RandomGenerator random;

    private Candidates(List<Route> left, boolean anyway, RandomGenerator random) {
        this.left = left;
        this.anyway = anyway;
        this.random = random;
    }

    /**
     * @param routes by priority
     */
    static Candidates of(List<Route> routes, Capability wanted, RandomGenerator random) {
        List<Route> capable = new ArrayList<>(routes.size());
        List<Route> able = new ArrayList<>(routes.size());
        for (Route route : routes) {
            if (route.engine().capabilities().contains(wanted)) {
                capable.add(route);
                if (route.engine().ready() && route.upstream().circuit().admits()) {
                    able.add(route);
                }
            }
        }
        boolean none = able.isEmpty();
        return new Candidates(none ? capable : able, none, random);
    }

    static List<Route> sorted(List<Route> routes) {
        return routes.stream().sorted(Comparator.comparingInt(Route::priority)).toList();
    }

    /** Are they asked though their circuits are open? */
    boolean anyway() {
        return anyway;
    }

    /** The next one; null where there is none. */
    @Nullable Route next() {
        return left.isEmpty() ? null : left.remove(chosen());
    }

    /** The next one after this failure of another. */
    @Nullable Route after(Route failed, FailureKind kind) {
        OptionalInt context = failed.engine().contextLength();
        if (kind == FailureKind.CONTEXT_LENGTH && context.isPresent()) {
            left.removeIf(route ->
                    route.engine().contextLength().orElse(Integer.MAX_VALUE) <= context.getAsInt());
        }
        return next();
    }

    private int chosen() {
        int group = 0;
        int weights = 0;
        int priority = left.getFirst().priority();
        while (group < left.size() && left.get(group).priority() == priority) {
            weights += left.get(group).weight();
            group++;
        }
        if (group == 1 || weights == 0) {
            return 0;
        }
        int at = random.nextInt(weights);
        int chosen = 0;
        for (at -= left.getFirst().weight(); at >= 0; at -= left.get(chosen).weight()) {
            chosen++;
        }
        return chosen;
    }
}
