package dev.tandem.structured.schema;

import dev.tandem.structured.schema.Schema.ArrayValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays out of parts that may exclude each other. */
final class Items {
    private Items() {}

    /** The array, no longer than its items can be; nothing where that is too short. */
    static Schema possible(List<Schema> first, Schema rest, int least, @Nullable Integer most) {
        int end = first.indexOf(Schema.NOTHING);
        List<Schema> kept = end < 0 ? first : first.subList(0, end);
        Integer longest = most;
        if (end >= 0 || rest.equals(Schema.NOTHING)) {
            longest = most == null ? kept.size() : Math.min(most, kept.size());
        }
        if (longest != null && longest < least) {
            return Schema.NOTHING;
        }
        if (longest != null && longest < kept.size()) {
            kept = kept.subList(0, longest);
        }
        return new ArrayValue(kept, end >= 0 ? Schema.NOTHING : rest, least, longest);
    }
}
