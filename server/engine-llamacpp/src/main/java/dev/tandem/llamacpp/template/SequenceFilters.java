package dev.tandem.llamacpp.template;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filters of lists and maps. They give lists where Jinja2 gives iterators: what is printed by
 * mistake looks better.
 */
final class SequenceFilters {
    static final Map<String, Filter> ALL =
            Map.ofEntries(
                    entry(
                            "list",
                            (rendering, value, arguments) -> Seq.list(items(rendering, value))),
                    entry("first", SequenceFilters::first),
                    entry("last", SequenceFilters::last),
                    entry("reverse", SequenceFilters::reverse),
                    entry("items", SequenceFilters::entries),
                    entry("dictsort", SequenceFilters::dictSort),
                    entry("sort", SequenceFilters::sort),
                    entry("unique", SequenceFilters::unique),
                    entry("map", SequenceFilters::map),
                    entry("select", (r, value, arguments) -> select(r, value, arguments, true)),
                    entry("reject", (r, value, arguments) -> select(r, value, arguments, false)),
                    entry(
                            "selectattr",
                            (r, value, arguments) -> selectAttribute(r, value, arguments, true)),
                    entry(
                            "rejectattr",
                            (r, value, arguments) -> selectAttribute(r, value, arguments, false)),
                    entry("min", (r, value, arguments) -> extreme(r, value, arguments, -1)),
                    entry("max", (r, value, arguments) -> extreme(r, value, arguments, 1)),
                    entry("sum", SequenceFilters::sum),
                    entry("batch", SequenceFilters::batch));

    private SequenceFilters() {}

    private static List<Value> items(Rendering rendering, Value value) {
        return Access.items(rendering.budget(), value);
    }

    private static Value first(Rendering rendering, Value value, Arguments arguments) {
        List<Value> items = items(rendering, value);
        return items.isEmpty()
                ? new Value.Undefined("No first item, sequence was empty.")
                : items.getFirst();
    }

    private static Value last(Rendering rendering, Value value, Arguments arguments) {
        List<Value> items = items(rendering, value);
        return items.isEmpty()
                ? new Value.Undefined("No last item, sequence was empty.")
                : items.getLast();
    }

    private static Value reverse(Rendering rendering, Value value, Arguments arguments) {
        List<Value> reversed = items(rendering, value).reversed();
        boolean text = value instanceof Text;
        return text
                ? TextOperations.join(rendering.budget(), Text.EMPTY, reversed)
                : Seq.list(reversed);
    }

    private static Value entries(Rendering rendering, Value value, Arguments arguments) {
        return switch (value) {
            case Value.Undefined undefined -> Seq.EMPTY;
            case Dict dict -> Seq.list(dict.items(rendering.budget()));
            default -> throw TemplateException.runtime("Can only get item pairs from a mapping.");
        };
    }

    private static Value dictSort(Rendering rendering, Value value, Arguments arguments) {
        Budget budget = rendering.budget();
        if (!(value instanceof Dict dict)) {
            throw TemplateException.runtime("dictsort sorts a dict, not a " + value.typeName());
        }
        Value by = Num.of(arguments.or(1, "by", Text.EMPTY).toString().equals("value") ? 1 : 0);
        List<Value> pairs = dict.items(budget);
        pairs.sort(order(budget, by, arguments.flag(0, "case_sensitive")));
        return Seq.list(arguments.flag(2, "reverse") ? pairs.reversed() : pairs);
    }

    private static Value sort(Rendering rendering, Value value, Arguments arguments) {
        List<Value> items = items(rendering, value);
        boolean caseSensitive = arguments.flag(1, "case_sensitive");
        Comparator<Value> order = order(rendering.budget(), attribute(arguments, 2), caseSensitive);
        items.sort(arguments.flag(0, "reverse") ? order.reversed() : order);
        return Seq.list(items);
    }

    private static @Nullable Value attribute(Arguments arguments, int place) {
        Value attribute = arguments.find(place, "attribute");
        return attribute == Value.None.NONE ? null : attribute;
    }

    private static Comparator<Value> order(
            Budget budget, @Nullable Value attribute, boolean caseSensitive) {
        return (a, b) ->
                Comparing.order(
                        budget,
                        sortKey(budget, a, attribute, caseSensitive),
                        sortKey(budget, b, attribute, caseSensitive));
    }

    private static Value sortKey(
            Budget budget, Value item, @Nullable Value attribute, boolean caseSensitive) {
        Value key = attribute == null ? item : Access.path(budget, item, attribute);
        return key instanceof Text text && !caseSensitive
                ? TextOperations.lower(budget, text)
                : key;
    }

    private static Value unique(Rendering rendering, Value value, Arguments arguments) {
        Set<Value> seen = new HashSet<>();
        List<Value> kept = new ArrayList<>();
        boolean caseSensitive = arguments.flag(0, "case_sensitive");
        Value attribute = attribute(arguments, 1);
        for (Value item : items(rendering, value)) {
            if (seen.add(Dict.key(sortKey(rendering.budget(), item, attribute, caseSensitive)))) {
                kept.add(item);
            }
        }
        return Seq.list(kept);
    }

    private static Value map(Rendering rendering, Value value, Arguments arguments) {
        List<Value> items = value.truth() ? items(rendering, value) : new ArrayList<>();
        Value attribute = arguments.named("attribute");
        if (attribute != null && arguments.size() == 0) {
            Value otherwise = arguments.or(0, "default", Value.None.NONE);
            items.replaceAll(
                    item -> orDefault(Access.path(rendering.budget(), item, attribute), otherwise));
            return Seq.list(items);
        }
        Filter filter = Filters.known(arguments.text(0, "filter").chars());
        Arguments rest = arguments.from(1);
        items.replaceAll(item -> {
            rendering.budget().step();
            return filter.apply(rendering, item, rest);
        });
        return Seq.list(items);
    }

    private static Value orDefault(Value found, Value otherwise) {
        return found instanceof Value.Undefined && otherwise != Value.None.NONE ? otherwise : found;
    }

    private static Value select(
            Rendering rendering, Value value, Arguments arguments, boolean wanted) {
        return select(rendering, value, null, arguments, wanted);
    }

    private static Value selectAttribute(
            Rendering rendering, Value value, Arguments arguments, boolean wanted) {
        return select(
                rendering, value, arguments.required(0, "attribute"), arguments.from(1), wanted);
    }

    /**
     * Keeps the items of which an attribute, or they themselves, pass the test that the arguments
     * name, or are true.
     */
    private static Value select(
            Rendering rendering,
            Value value,
            @Nullable Value attribute,
            Arguments test,
            boolean wanted) {
        Budget budget = rendering.budget();
        List<Value> kept = new ArrayList<>();
        for (Value item : value.truth() ? items(rendering, value) : List.<Value>of()) {
            budget.step();
            Value tested = attribute == null ? item : Access.path(budget, item, attribute);
            boolean holds =
                    test.size() == 0
                            ? tested.truth()
                            : Tests.holds(
                                    budget, test.text(0, "test").chars(), tested, test.from(1));
            if (holds == wanted) {
                kept.add(item);
            }
        }
        return Seq.list(kept);
    }

    private static Value extreme(Rendering rendering, Value value, Arguments arguments, int sign) {
        Comparator<Value> order =
                order(
                        rendering.budget(),
                        attribute(arguments, 1),
                        arguments.flag(0, "case_sensitive"));
        Value best = new Value.Undefined("No aggregated item, sequence was empty.");
        for (Value item : items(rendering, value)) {
            if (best instanceof Value.Undefined || order.compare(item, best) * sign > 0) {
                best = item;
            }
        }
        return best;
    }

    private static Value sum(Rendering rendering, Value value, Arguments arguments) {
        Budget budget = rendering.budget();
        Value sum = arguments.or(1, "start", Num.of(0));
        Value attribute = attribute(arguments, 0);
        for (Value item : items(rendering, value)) {
            Value part = attribute == null ? item : Access.path(budget, item, attribute);
            sum = Arithmetic.apply(budget, Arithmetic.Operator.PLUS, sum, part);
        }
        return sum;
    }

    private static Value batch(Rendering rendering, Value value, Arguments arguments) {
        long size = Math.max(1, Num.index(arguments.required(0, "linecount")));
        List<Value> items = items(rendering, value);
        List<Value> batches = new ArrayList<>();
        for (long i = 0; i < items.size(); i += Math.min(size, items.size())) {
            batches.add(
                    Seq.list(
                            items.subList(
                                    (int) i,
                                    (int)
                                            Math.min(
                                                    items.size(),
                                                    i + Math.min(size, items.size())))));
        }
        return Seq.list(batches);
    }
}
