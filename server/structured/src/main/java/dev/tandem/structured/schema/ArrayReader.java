package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json.JsonArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for arrays. */
final class ArrayReader {
    private ArrayReader() {}

    static Schema read(Node node) {
        boolean oldTuple = node.value("items") instanceof JsonArray;
        List<Schema> first = oldTuple ? node.schemas("items") : node.schemas("prefixItems");
        Schema rest = node.schema(oldTuple ? "additionalItems" : "items");
        if (first.size() > Counts.LARGEST) {
            node.problem(
                    oldTuple ? "items" : "prefixItems",
                    "at most " + Counts.LARGEST + " items may have a schema of their own");
        }
        int least = least(node);
        Integer most = most(node);
        if (node.flag("uniqueItems") && (most == null || most > 1)) {
            node.checkedOnly("uniqueItems", "items are not compared while they are written");
        }
        if (most != null && most < least) {
            node.problem("maxItems", "'maxItems' is less than 'minItems'");
        }
        return Items.possible(first, rest == null ? Schema.ANYTHING : rest, least, most);
    }

    private static int least(Node node) {
        int least = node.count("minItems");
        if (least > Counts.LARGEST) {
            node.checkedOnly("minItems", uncounted());
            return 0;
        }
        return least;
    }

    private static @Nullable Integer most(Node node) {
        Integer most = node.limit("maxItems");
        if (most != null && most > Counts.LARGEST) {
            node.checkedOnly("maxItems", uncounted());
            return null;
        }
        return most;
    }

    private static String uncounted() {
        return "items are counted up to " + Counts.LARGEST + " while they are written";
    }
}
