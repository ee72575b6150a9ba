package dev.tandem.llamacpp.template;

import java.util.List;

/** {@code a < b <= c}: true when every neighbouring pair compares so. */
record Comparison(Expression first, List<Step> steps) implements Expression {

    /** An operator and its right operand. */
    record Step(Operator operator, Expression operand) {}

    /** The operators that compare. */
    enum Operator {
        EQUAL,
        UNEQUAL,
        LESS,
        GREATER,
        AT_MOST,
        AT_LEAST,
        IN,
        NOT_IN;

        boolean holds(Budget budget, Value left, Value right) {
            return switch (this) {
                case EQUAL -> Comparing.equal(budget, left, right);
                case UNEQUAL -> !Comparing.equal(budget, left, right);
                case IN -> Comparing.contains(budget, right, left);
                case NOT_IN -> !Comparing.contains(budget, right, left);
                case LESS -> Comparing.order(budget, left, right) < 0;
                case GREATER -> Comparing.order(budget, left, right) > 0;
                case AT_MOST -> Comparing.order(budget, left, right) <= 0;
                case AT_LEAST -> Comparing.order(budget, left, right) >= 0;
            };
        }
    }

    @Override
    public Value evaluate(Rendering rendering) {
        Value left = first.evaluate(rendering);
        for (Step step : steps) {
            Value right = step.operand.evaluate(rendering);
            if (!step.operator.holds(rendering.budget(), left, right)) {
                return Value.Bool.FALSE;
            }
            left = right;
        }
        return Value.Bool.TRUE;
    }
}
