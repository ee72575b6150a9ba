package dev.tandem.structured.schema;

import dev.tandem.structured.schema.Schema.AnyOf;
import dev.tandem.structured.schema.Schema.Anything;
import dev.tandem.structured.schema.Schema.Nothing;
import dev.tandem.structured.schema.Schema.NumberValue;
import dev.tandem.structured.schema.Schema.ObjectValue;
import dev.tandem.structured.schema.Schema.Reference;
import dev.tandem.structured.schema.Schema.StringValue;
import dev.tandem.structured.schema.Schema.Values;

/** Whether two schemas have no value in common, as far as it shows. */
final class Apart {
    private static final int MAX_DEPTH = 8;

    private final Definitions definitions;
    private final Fit fit;
    private int depth;

    Apart(Definitions definitions) {
        this.definitions = definitions;
        fit = new Fit(definitions);
    }

    /** True only where no value fits both. */
    boolean areApart(Schema a, Schema b) {
        if (depth >= MAX_DEPTH) {
            return false;
        }
        depth++;
        try {
            return compare(a, b);
        } catch (Undecided e) {
            return false;
        } finally {
            depth--;
        }
    }

    private boolean compare(Schema a, Schema b) {
        return switch (a) {
            case Nothing ignored -> true;
            case Anything ignored -> b instanceof Nothing;
            case AnyOf any -> any.schemas().stream().allMatch(one -> areApart(one, b));
            case Reference reference -> areApart(definitions.at(reference.pointer()), b);
            case Values values -> values.values().stream().noneMatch(value -> fit.fits(value, b));
            default ->
                    switch (b) {
                        case AnyOf ignored -> areApart(b, a);
                        case Anything ignored -> areApart(b, a);
                        case Reference ignored -> areApart(b, a);
                        case Values ignored -> areApart(b, a);
                        default -> kinds(a, b);
                    };
        };
    }

    private boolean kinds(Schema a, Schema b) {
        if (!a.getClass().equals(b.getClass())) {
            return true;
        }
        if (a instanceof ObjectValue left && b instanceof ObjectValue right) {
            return excludes(left, right) || excludes(right, left);
        }
        if (a instanceof StringValue left && b instanceof StringValue right) {
            return definitions.texts().areApart(left, right);
        }
        if (a instanceof NumberValue left && b instanceof NumberValue right) {
            return Numbers.intersection(left, right).equals(Schema.NOTHING);
        }
        return false;
    }

    /** Whether a property that the one requires is one that the other does not allow. */
    private boolean excludes(ObjectValue one, ObjectValue other) {
        return one.required().stream()
                .anyMatch(name -> areApart(one.property(name), other.property(name)));
    }
}
