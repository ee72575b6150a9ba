package dev.tandem.structured.schema;

import dev.tandem.structured.pattern.PatternRefused;
import dev.tandem.structured.schema.Schema.AnyOf;
import dev.tandem.structured.schema.Schema.Anything;
import dev.tandem.structured.schema.Schema.ArrayValue;
import dev.tandem.structured.schema.Schema.NumberValue;
import dev.tandem.structured.schema.Schema.ObjectValue;
import dev.tandem.structured.schema.Schema.Reference;
import dev.tandem.structured.schema.Schema.StringValue;
import dev.tandem.structured.schema.Schema.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schema whose values are those that two schemas have in common. */
final class Intersection {
    private static final int MAX_DEPTH = 40;
    private static final int MAX_STEPS = 20_000;

    private final Definitions definitions;
    private final Fit fit;
    private int depth;
    private int steps;

    Intersection(Definitions definitions) {
        this.definitions = definitions;
        this.fit = new Fit(definitions);
    }

    /**
     * What both allow.
     *
     * @throws Undecided where the model cannot say it
     */
    Schema of(Schema a, Schema b) {
        if (a instanceof Anything || a.equals(b)) {
            return b;
        }
        if (b instanceof Anything) {
            return a;
        }
        if (depth >= MAX_DEPTH || ++steps > MAX_STEPS) {
            throw new Undecided("joining these schemas does not end; write them as one");
        }
        depth++;
        try {
            return unlike(a, b);
        } finally {
            depth--;
        }
    }

    private Schema unlike(Schema a, Schema b) {
        if (a instanceof AnyOf any) {
            return each(any, b);
        }
        if (b instanceof AnyOf any) {
            return each(any, a);
        }
        if (a instanceof Values values) {
            return fitting(values, b);
        }
        if (b instanceof Values values) {
            return fitting(values, a);
        }
        if (a instanceof Reference reference) {
            return of(definitions.at(reference.pointer()), b);
        }
        if (b instanceof Reference reference) {
            return of(a, definitions.at(reference.pointer()));
        }
        return sameKind(a, b);
    }

    private Schema each(AnyOf any, Schema with) {
        return AnyOf.of(any.schemas().stream().map(schema -> of(schema, with)).toList());
    }

    private Schema fitting(Values values, Schema to) {
        return Values.of(values.values().stream().filter(value -> fit.fits(value, to)).toList());
    }

    private Schema sameKind(Schema a, Schema b) {
        if (a instanceof NumberValue left && b instanceof NumberValue right) {
            return Numbers.intersection(left, right);
        }
        if (a instanceof StringValue left && b instanceof StringValue right) {
            return strings(left, right);
        }
        if (a instanceof ArrayValue left && b instanceof ArrayValue right) {
            return arrays(left, right);
        }
        if (a instanceof ObjectValue left && b instanceof ObjectValue right) {
            return objects(left, right);
        }
        return Schema.NOTHING;
    }

    private Schema strings(StringValue a, StringValue b) {
        var both =
                new StringValue(
                        Math.max(a.least(), b.least()),
                        smaller(a.most(), b.most()),
                        joined(a.patterns(), b.patterns()),
                        joined(a.formats(), b.formats()));
        Integer most = both.most();
        try {
            return (most != null && most < both.least()) || definitions.texts().of(both).isEmpty()
                    ? Schema.NOTHING
                    : both;
        } catch (PatternRefused e) {
            throw new Undecided("these strings cannot be joined: " + e.getMessage());
        }
    }

    private Schema arrays(ArrayValue a, ArrayValue b) {
        List<Schema> first = new ArrayList<>();
        for (int i = 0; i < Math.max(a.first().size(), b.first().size()); i++) {
            first.add(of(a.item(i), b.item(i)));
        }
        return Items.possible(
                first,
                of(a.rest(), b.rest()),
                Math.max(a.least(), b.least()),
                smaller(a.most(), b.most()));
    }

    private Schema objects(ObjectValue a, ObjectValue b) {
        var names = new LinkedHashSet<>(a.properties().keySet());
        names.addAll(b.properties().keySet());
        var required = new LinkedHashSet<>(a.required());
        required.addAll(b.required());
        Map<String, Schema> properties = new LinkedHashMap<>();
        for (String name : names) {
            Schema both = of(a.property(name), b.property(name));
            if (both.equals(Schema.NOTHING) && required.contains(name)) {
                return Schema.NOTHING;
            }
            properties.put(name, both);
        }
        int least = Math.max(a.leastProperties(), b.leastProperties());
        Integer most = smaller(a.mostProperties(), b.mostProperties());
        if (!names.isEmpty() && (least > required.size() || most != null)) {
            throw new Undecided(
                    "minProperties and maxProperties cannot be joined with named properties");
        }
        return new ObjectValue(
                properties,
                required,
                of(a.others(), b.others()),
                a.open() && b.open(),
                names.isEmpty() ? least : 0,
                most);
    }

    private static <T> List<T> joined(List<T> a, List<T> b) {
        return Stream.concat(a.stream(), b.stream()).distinct().toList();
    }

    private static @Nullable Integer smaller(@Nullable Integer a, @Nullable Integer b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.min(a, b);
    }
}
