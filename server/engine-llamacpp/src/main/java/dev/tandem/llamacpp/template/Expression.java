package dev.tandem.llamacpp.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Part of a template that has a value. Chains of operators are lists, not trees: only parentheses
 * nest.
 */
@FunctionalInterface
interface Expression {
    Value evaluate(Rendering rendering);

    /** Evaluates some expressions in order. */
    static List<Value> all(List<Expression> expressions, Rendering rendering) {
        if (expressions.isEmpty()) {
            return List.of();
        }
        rendering.budget().allocateElements(expressions.size());
        List<Value> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(expression.evaluate(rendering));
        }
        return values;
    }

    /** A literal. */
    record Constant(Value value) implements Expression {
        @Override
        public Value evaluate(Rendering rendering) {
            return value;
        }
    }

    /** A variable. */
    record Variable(String name) implements Expression {
        @Override
        public Value evaluate(Rendering rendering) {
            rendering.budget().step();
            return rendering.scope().find(name);
        }
    }

    /** {@code [a, b]}, or {@code (a, b)} as a tuple. */
    record Sequence(List<Expression> items, boolean tuple) implements Expression {
        @Override
        public Value evaluate(Rendering rendering) {
            return new Seq(all(items, rendering), tuple);
        }
    }

    /** {@code {a: b}}; as many keys as values. */
    record Mapping(List<Expression> keys, List<Expression> values) implements Expression {
        @Override
        public Value evaluate(Rendering rendering) {
            rendering.budget().allocateElements(keys.size());
            Map<Value, Value> entries = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                entries.put(
                        Dict.key(keys.get(i).evaluate(rendering)),
                        values.get(i).evaluate(rendering));
            }
            return new Dict(entries);
        }
    }

    /** {@code a ~ b ~ c}. */
    record Concatenation(List<Expression> parts) implements Expression {
        @Override
        public Value evaluate(Rendering rendering) {
            TextBuilder text = new TextBuilder();
            for (Expression part : parts) {
                Text next = Printer.print(rendering.budget(), part.evaluate(rendering));
                rendering.budget().allocate(next.length());
                text.append(next);
            }
            return text.build();
        }
    }
}
