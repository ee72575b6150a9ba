package dev.tandem.runtime.limits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a wish.
 *
 * @param hold what was reserved; null where nothing was
 * @param levels how each limit stands after it, in the order of the charges. Where it was refused,
 *     one or more of them {@link Level#refuses}
 */
public record Reservation(@Nullable Hold hold, List<Level> levels) {
    public Reservation {
        levels = List.copyOf(levels);
    }
}
