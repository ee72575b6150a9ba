package dev.tandem.llamacpp.template;

import java.time.LocalDateTime;

/**
 * The state of one render: what is left of its limits, the variables in sight and the text so far.
 * Used by one thread.
 */
final class Rendering {
    private final Budget budget;
    private final LocalDateTime now;
    private Scope scope;
    private TextBuilder out = new TextBuilder();

    Rendering(Budget budget, LocalDateTime now, Scope scope) {
        this.budget = budget;
        this.now = now;
        this.scope = scope;
    }

    Budget budget() {
        return budget;
    }

    LocalDateTime now() {
        return now;
    }

    Scope scope() {
        return scope;
    }

    void write(Text text) {
        budget.allocate(text.length());
        budget.output(out.length() + text.length());
        out.append(text);
    }

    /** Runs a body with these variables in sight. */
    Statement.Flow run(Scope inner, Statement body) {
        Scope before = scope;
        scope = inner;
        try {
            return body.execute(this);
        } finally {
            scope = before;
        }
    }

    /** Evaluates with these variables in sight. */
    Value evaluate(Scope inner, Expression expression) {
        Scope before = scope;
        scope = inner;
        try {
            return expression.evaluate(this);
        } finally {
            scope = before;
        }
    }

    /** Runs a body with these variables in sight and gives what it writes. */
    Text capture(Scope inner, Statement body) {
        TextBuilder before = out;
        out = new TextBuilder();
        try {
            run(inner, body);
            budget.allocate(out.length());
            return out.build();
        } finally {
            out = before;
        }
    }

    Text result() {
        return out.build();
    }
}
