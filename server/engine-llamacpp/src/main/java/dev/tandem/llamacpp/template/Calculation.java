package dev.tandem.llamacpp.template;

import java.util.List;

/** {@code a + b - c}: operators of one precedence, from left to right. */
record Calculation(Expression first, List<Step> steps) implements Expression {

    /** An operator and its right operand. */
    record Step(Arithmetic.Operator operator, Expression operand) {}

    @Override
    public Value evaluate(Rendering rendering) {
        Value value = first.evaluate(rendering);
        for (Step step : steps) {
            rendering.budget().step();
            value =
                    Arithmetic.apply(
                            rendering.budget(),
                            step.operator,
                            value,
                            step.operand.evaluate(rendering));
        }
        return value;
    }
}
