package dev.tandem.runtime.call;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A rule that joins fields of a request, beyond those that the .proto file declares of each.
 *
 * @param reads the fields of the request that the rule reads, all where none is named. Where one of
 *     them, or something in it, does not have the form of its type, the rule has nothing to say
 * @param broken what is wrong, with the paths of the JSON; empty where nothing is. Pure
 * @param <Q> the request message
 */
public record JoinedRule<Q>(
        Set<String> reads, Function<? super Q, List<ApiError.Violation>> broken) {

    public JoinedRule {
        reads = Set.copyOf(reads);
    }

    /** May the rule depend on this field of the request? */
    public boolean mayRead(String field) {
        return reads.isEmpty() || reads.contains(field);
    }
}
