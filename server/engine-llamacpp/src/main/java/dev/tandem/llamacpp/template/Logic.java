package dev.tandem.llamacpp.template;

import java.util.List;

/** Conditions. Like Python's, {@code and} and {@code or} give one of their operands. */
sealed interface Logic extends Expression {

    /** {@code a or b or c}. */
    record Or(List<Expression> operands) implements Logic {
        @Override
        public Value evaluate(Rendering rendering) {
            return firstOrLast(operands, true, rendering);
        }
    }

    /** {@code a and b and c}. */
    record And(List<Expression> operands) implements Logic {
        @Override
        public Value evaluate(Rendering rendering) {
            return firstOrLast(operands, false, rendering);
        }
    }

    /** {@code not a}. */
    record Not(Expression operand) implements Logic {
        @Override
        public Value evaluate(Rendering rendering) {
            return Value.Bool.of(!operand.evaluate(rendering).truth());
        }
    }

    /** {@code then if condition else otherwise}. */
    record Conditional(Expression condition, Expression then, Expression otherwise)
            implements Logic {
        @Override
        public Value evaluate(Rendering rendering) {
            boolean holds = condition.evaluate(rendering).truth();
            return (holds ? then : otherwise).evaluate(rendering);
        }
    }

    private static Value firstOrLast(
            List<Expression> operands, boolean wanted, Rendering rendering) {
        Value value = Value.None.NONE;
        for (Expression operand : operands) {
            value = operand.evaluate(rendering);
            if (value.truth() == wanted) {
                return value;
            }
        }
        return value;
    }
}
