package dev.tandem.llamacpp.template;

import dev.tandem.llamacpp.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses expressions; the methods stand in the order of precedence, weakest first. */
final class ExpressionParser {
    private static final Map<String, Comparison.Operator> COMPARISONS =
            Map.of(
                    "==", Comparison.Operator.EQUAL,
                    "!=", Comparison.Operator.UNEQUAL,
                    "<", Comparison.Operator.LESS,
                    ">", Comparison.Operator.GREATER,
                    "<=", Comparison.Operator.AT_MOST,
                    ">=", Comparison.Operator.AT_LEAST);
    private static final Map<String, Arithmetic.Operator> SUMS =
            Map.of("+", Arithmetic.Operator.PLUS, "-", Arithmetic.Operator.MINUS);
    private static final Map<String, Arithmetic.Operator> PRODUCTS =
            Map.of(
                    "*", Arithmetic.Operator.TIMES,
                    "/", Arithmetic.Operator.DIVIDE,
                    "//", Arithmetic.Operator.FLOOR_DIVIDE,
                    "%", Arithmetic.Operator.REMAINDER);
    private static final Map<String, Arithmetic.Operator> POWERS =
            Map.of("**", Arithmetic.Operator.POWER);
    private static final Expression NO_ELSE =
            new Expression.Constant(
                    new Value.Undefined("the condition is false and there is no else"));

    private final TokenStream tokens;
    private final LinkParser links;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.links = new LinkParser(tokens, this);
    }

    /** One expression, or several with commas between them as a tuple. */
    Expression tuple() {
        return tuple(this::expression, Set.of());
    }

    /** What a loop runs over: a tuple in which {@code if} is not part of an expression. */
    Expression iterable() {
        return tuple(this::or, Set.of("if", "recursive"));
    }

    private Expression tuple(Supplier<Expression> item, Set<String> ends) {
        Expression first = item.get();
        if (!tokens.atOperator(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.takeOperator(",") && !endsTuple(ends)) {
            items.add(item.get());
        }
        return new Expression.Sequence(items, true);
    }

    private boolean endsTuple(Set<String> ends) {
        Token next = tokens.peek();
        return next.kind() == Kind.TAG_END
                || next.isOperator(")")
                || next.isOperator("]")
                || next.isOperator("=")
                || (next.kind() == Kind.NAME && ends.contains(next.text()));
    }

    Expression expression() {
        tokens.enter();
        Expression expression = or();
        while (tokens.takeName("if")) {
            Expression condition = or();
            Expression otherwise = tokens.takeName("else") ? expression() : NO_ELSE;
            expression = new Logic.Conditional(condition, expression, otherwise);
        }
        tokens.leave();
        return expression;
    }

    private Expression or() {
        List<Expression> operands = operands("or", this::and);
        return operands.size() == 1 ? operands.getFirst() : new Logic.Or(operands);
    }

    private Expression and() {
        List<Expression> operands = operands("and", this::not);
        return operands.size() == 1 ? operands.getFirst() : new Logic.And(operands);
    }

    private List<Expression> operands(String operator, Supplier<Expression> operand) {
        List<Expression> operands = new ArrayList<>(1);
        do {
            operands.add(operand.get());
        } while (tokens.takeName(operator));
        return operands;
    }

    private Expression not() {
        boolean negated = false;
        boolean seen = false;
        while (tokens.takeName("not")) {
            seen = true;
            negated = !negated;
        }
        Expression operand = comparison();
        if (!seen) {
            return operand;
        }
        Expression not = new Logic.Not(operand);
        return negated ? not : new Logic.Not(not);
    }

    private Expression comparison() {
        Expression first = sum();
        List<Comparison.Step> steps = new ArrayList<>(0);
        for (Comparison.Operator next = takeComparison(); next != null; next = takeComparison()) {
            steps.add(new Comparison.Step(next, sum()));
        }
        return steps.isEmpty() ? first : new Comparison(first, steps);
    }

    private Comparison.@Nullable Operator takeComparison() {
        if (tokens.takeName("in")) {
            return Comparison.Operator.IN;
        }
        if (tokens.peek().isName("not") && tokens.peekSecond().isName("in")) {
            tokens.next();
            tokens.next();
            return Comparison.Operator.NOT_IN;
        }
        return take(COMPARISONS);
    }

    private <T> @Nullable T take(Map<String, T> operators) {
        T operator = tokens.at(Kind.OPERATOR) ? operators.get(tokens.peek().text()) : null;
        if (operator != null) {
            tokens.next();
        }
        return operator;
    }

    private Expression sum() {
        return calculation(SUMS, this::concatenation);
    }

    private Expression concatenation() {
        Expression first = product();
        if (!tokens.atOperator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (tokens.takeOperator("~")) {
            parts.add(product());
        }
        return new Expression.Concatenation(parts);
    }

    private Expression product() {
        return calculation(PRODUCTS, this::power);
    }

    private Expression power() {
        return calculation(POWERS, () -> unary(true));
    }

    private Expression calculation(
            Map<String, Arithmetic.Operator> operators, Supplier<Expression> operand) {
        Expression first = operand.get();
        List<Calculation.Step> steps = new ArrayList<>(0);
        for (Arithmetic.Operator next = take(operators); next != null; next = take(operators)) {
            steps.add(new Calculation.Step(next, operand.get()));
        }
        return steps.isEmpty() ? first : new Calculation(first, steps);
    }

    /** A sign binds tighter than a filter: {@code -1|abs} is 1. */
    private Expression unary(boolean filters) {
        Expression first;
        if (tokens.atOperator("-") || tokens.atOperator("+")) {
            tokens.enter();
            boolean minus = tokens.next().text().equals("-");
            first = signed(minus, unary(false));
            tokens.leave();
        } else {
            first = primary();
        }
        return links.chain(first, filters);
    }

    private static Expression signed(boolean minus, Expression operand) {
        Arithmetic.Operator operator = minus ? Arithmetic.Operator.MINUS : Arithmetic.Operator.PLUS;
        return new Calculation(
                new Expression.Constant(Num.of(0)),
                List.of(new Calculation.Step(operator, operand)));
    }

    Expression primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME -> name(token.text());
            case STRING -> new Expression.Constant(Text.trusted(strings(token)));
            case WHOLE -> new Expression.Constant(Num.whole(token.text()));
            case FLOAT -> new Expression.Constant(Num.of(Double.parseDouble(token.text())));
            case OPERATOR -> bracketed(token);
            default -> throw unexpected(token);
        };
    }

    private static Expression name(String name) {
        return switch (name) {
            case "true", "True" -> new Expression.Constant(Value.Bool.TRUE);
            case "false", "False" -> new Expression.Constant(Value.Bool.FALSE);
            case "none", "None" -> new Expression.Constant(Value.None.NONE);
            default -> new Expression.Variable(name);
        };
    }

    /** Strings side by side are one. */
    private String strings(Token first) {
        StringBuilder text = new StringBuilder(first.text());
        while (tokens.at(Kind.STRING)) {
            text.append(tokens.next().text());
        }
        return text.toString();
    }

    private Expression bracketed(Token open) {
        return switch (open.text()) {
            case "(" -> parenthesized();
            case "[" -> new Expression.Sequence(list("]"), false);
            case "{" -> mapping();
            default -> throw unexpected(open);
        };
    }

    private Expression parenthesized() {
        if (tokens.takeOperator(")")) {
            return new Expression.Sequence(List.of(), true);
        }
        Expression inner = tuple();
        tokens.expectOperator(")");
        return inner;
    }

    private List<Expression> list(String close) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.atOperator(close)) {
            items.add(expression());
            if (!tokens.takeOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(close);
        return items;
    }

    private Expression mapping() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.atOperator("}")) {
            keys.add(expression());
            tokens.expectOperator(":");
            values.add(expression());
            if (!tokens.takeOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("}");
        return new Expression.Mapping(keys, values);
    }

    private static TemplateException unexpected(Token token) {
        return TemplateException.syntax(token.line(), token.describe() + " is not expected here");
    }
}
