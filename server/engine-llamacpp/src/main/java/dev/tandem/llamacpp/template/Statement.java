package dev.tandem.llamacpp.template;

import java.util.List;
import java.util.Map;

/** Part of a template that does something. */
@FunctionalInterface
interface Statement {
    Flow execute(Rendering rendering);

    /**
     * What comes after a statement: the next one, or what {@code break} and {@code continue} say.
     */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    /** Text outside tags. */
    record Literal(Text text) implements Statement {
        @Override
        public Flow execute(Rendering rendering) {
            rendering.write(text);
            return Flow.NEXT;
        }
    }

    /** {@code {{ expression }}}. */
    record Output(Expression expression) implements Statement {
        @Override
        public Flow execute(Rendering rendering) {
            rendering.write(Printer.print(rendering.budget(), expression.evaluate(rendering)));
            return Flow.NEXT;
        }
    }

    /** {@code {% break %}} or {@code {% continue %}}. */
    record Jump(Flow flow) implements Statement {
        @Override
        public Flow execute(Rendering rendering) {
            return flow;
        }
    }

    /** One statement after the other. */
    record Block(List<Statement> statements) implements Statement {
        @Override
        public Flow execute(Rendering rendering) {
            for (Statement statement : statements) {
                rendering.budget().step();
                Flow flow = statement.execute(rendering);
                if (flow != Flow.NEXT) {
                    return flow;
                }
            }
            return Flow.NEXT;
        }
    }

    /**
     * {@code {% if %}} with its {@code elif} branches; the branch for else has the condition true.
     */
    record If(List<Branch> branches) implements Statement {

        /** A body and when it runs. */
        record Branch(Expression condition, Statement body) {}

        @Override
        public Flow execute(Rendering rendering) {
            for (Branch branch : branches) {
                rendering.budget().step();
                if (branch.condition.evaluate(rendering).truth()) {
                    return branch.body.execute(rendering);
                }
            }
            return Flow.NEXT;
        }
    }

    /** {@code {% set a, b = value %}}. */
    record Assign(Target target, Expression value) implements Statement {
        @Override
        public Flow execute(Rendering rendering) {
            target.assign(rendering, rendering.scope(), value.evaluate(rendering));
            return Flow.NEXT;
        }
    }

    /** {@code {% set a | filters %}…{% endset %}}. */
    record AssignBlock(Target target, List<Chain.Link> filters, Statement body)
            implements Statement {
        @Override
        public Flow execute(Rendering rendering) {
            Text text = rendering.capture(new Scope(rendering.scope()), body);
            Value filtered = new Chain(new Expression.Constant(text), filters).evaluate(rendering);
            target.assign(rendering, rendering.scope(), filtered);
            return Flow.NEXT;
        }
    }

    /** {@code {% filter filters %}…{% endfilter %}}. */
    record FilterBlock(List<Chain.Link> filters, Statement body) implements Statement {
        @Override
        public Flow execute(Rendering rendering) {
            Text text = rendering.capture(new Scope(rendering.scope()), body);
            Value filtered = new Chain(new Expression.Constant(text), filters).evaluate(rendering);
            rendering.write(Printer.print(rendering.budget(), filtered));
            return Flow.NEXT;
        }
    }

    /** {@code {% with a = value %}…{% endwith %}}; the values do not see each other. */
    record With(Map<String, Expression> variables, Statement body) implements Statement {
        @Override
        public Flow execute(Rendering rendering) {
            Scope inner = new Scope(rendering.scope());
            variables.forEach(
                    (name, expression) -> inner.put(name, expression.evaluate(rendering)));
            return rendering.run(inner, body);
        }
    }
}
