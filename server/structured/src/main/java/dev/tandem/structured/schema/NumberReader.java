package dev.tandem.structured.schema;

import dev.tandem.structured.schema.Schema.Bound;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The rules for numbers. */
final class NumberReader {
    private static final int MAX_DIGITS = 30;

    private NumberReader() {}

    static Schema read(Node node, boolean whole) {
        Bound least =
                Numbers.higher(
                        bound(node, "minimum", false), bound(node, "exclusiveMinimum", true));
        Bound most =
                Numbers.lower(bound(node, "maximum", false), bound(node, "exclusiveMaximum", true));
        Schema numbers = Numbers.possible(whole, least, most, multipleOf(node));
        if (numbers.equals(Schema.NOTHING)) {
            node.problem(
                    node.has("minimum") ? "minimum" : "exclusiveMinimum",
                    "no number fits this together with the other rules");
        }
        return numbers;
    }

    private static @Nullable Bound bound(Node node, String keyword, boolean open) {
        BigDecimal value = node.number(keyword);
        if (value == null) {
            return null;
        }
        if (value.precision() - value.scale() > MAX_DIGITS || value.scale() > MAX_DIGITS) {
            node.checkedOnly(
                    keyword, "numbers are held to bounds of up to " + MAX_DIGITS + " digits");
            return null;
        }
        return new Bound(value, open);
    }

    private static @Nullable BigDecimal multipleOf(Node node) {
        BigDecimal value = node.number("multipleOf");
        if (value == null) {
            return null;
        }
        if (value.signum() <= 0) {
            node.problem("multipleOf", "'multipleOf' must be more than 0");
            return null;
        }
        if (!Numbers.isDecidable(value)) {
            node.checkedOnly(
                    "multipleOf",
                    "multiples are held to for whole numbers up to 100, and for 0.1, 0.01 and so"
                            + " on");
            return null;
        }
        return value;
    }
}
