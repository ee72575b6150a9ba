package dev.tandem.llamacpp.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code a.b[c](d) | e is f}: a value and what is done to it, one thing after the other. */
record Chain(Expression first, List<Link> links) implements Expression {

    /** One thing done to a value. */
    @FunctionalInterface
    interface Link {
        Value apply(Rendering rendering, Value value);
    }

    @Override
    public Value evaluate(Rendering rendering) {
        Value value = first.evaluate(rendering);
        for (Link link : links) {
            rendering.budget().step();
            value = link.apply(rendering, value);
        }
        return value;
    }

    /**
     * The unevaluated arguments of a call, a filter or a test.
     *
     * @param spread what {@code *list} adds to the positional ones, null if there is none
     * @param spreadNamed what {@code **dict} adds to the named ones, null if there is none
     */
    record ArgumentList(
            List<Expression> positional,
            Map<Text, Expression> named,
            @Nullable Expression spread,
            @Nullable Expression spreadNamed) {
        static final ArgumentList NONE = of(List.of());

        static ArgumentList of(List<Expression> positional) {
            return new ArgumentList(positional, Map.of(), null, null);
        }

        Arguments evaluate(Rendering rendering) {
            List<Value> inOrder = Expression.all(positional, rendering);
            if (spread != null) {
                List<Value> more = Access.items(rendering.budget(), spread.evaluate(rendering));
                more.addAll(0, inOrder);
                inOrder = more;
            }
            if (named.isEmpty() && spreadNamed == null) {
                return inOrder.isEmpty() ? Arguments.NONE : new Arguments(inOrder, Map.of());
            }
            Map<Text, Value> values = new LinkedHashMap<>();
            named.forEach((name, expression) -> values.put(name, expression.evaluate(rendering)));
            if (spreadNamed != null) {
                addNamed(values, spreadNamed.evaluate(rendering));
            }
            return new Arguments(inOrder, values);
        }

        private static void addNamed(Map<Text, Value> values, Value more) {
            if (!(more instanceof Dict dict)) {
                throw TemplateException.runtime(
                        "a dict is expected after '**', not " + more.typeName());
            }
            dict.entries().forEach((name, value) -> values.put(Arguments.asText(name), value));
        }
    }

    /** {@code .name}. */
    record Attribute(Text name) implements Link {
        @Override
        public Value apply(Rendering rendering, Value value) {
            return Access.attribute(value, name);
        }
    }

    /** {@code [index]}. */
    record Item(Expression index) implements Link {
        @Override
        public Value apply(Rendering rendering, Value value) {
            return Access.item(rendering.budget(), value, index.evaluate(rendering));
        }
    }

    /** {@code [from:to:step]}; absent ones are None. */
    record Slice(Expression from, Expression to, Expression step) implements Link {
        @Override
        public Value apply(Rendering rendering, Value value) {
            Slicing slicing =
                    new Slicing(
                            from.evaluate(rendering),
                            to.evaluate(rendering),
                            step.evaluate(rendering));
            return slicing.of(rendering.budget(), value);
        }
    }

    /** {@code (arguments)}. */
    record Call(ArgumentList arguments) implements Link {
        @Override
        public Value apply(Rendering rendering, Value value) {
            return call(rendering, value, arguments.evaluate(rendering));
        }

        static Value call(Rendering rendering, Value value, Arguments arguments) {
            return switch (value) {
                case Callable callable -> callable.call(rendering, arguments);
                case LoopState loop -> loop.recurse(rendering, arguments.required(0, "iterable"));
                case Value.Undefined undefined -> throw undefined.used();
                default ->
                        throw TemplateException.runtime(
                                "'" + value.typeName() + "' object is not callable");
            };
        }
    }

    /** {@code | name(arguments)}; a filter nobody knows fails when it is reached, not before. */
    record Filtered(String name, @Nullable Filter filter, ArgumentList arguments) implements Link {
        @Override
        public Value apply(Rendering rendering, Value value) {
            return Filters.known(name, filter)
                    .apply(rendering, value, arguments.evaluate(rendering));
        }
    }

    /** {@code is name(arguments)}, or {@code is not}. */
    record Tested(String name, boolean negated, ArgumentList arguments) implements Link {
        @Override
        public Value apply(Rendering rendering, Value value) {
            boolean holds =
                    Tests.holds(rendering.budget(), name, value, arguments.evaluate(rendering));
            return Value.Bool.of(holds != negated);
        }
    }
}
