package dev.tandem.llamacpp.template;

import dev.tandem.llamacpp.template.Chain.ArgumentList;
import dev.tandem.llamacpp.template.Chain.Link;
import dev.tandem.llamacpp.template.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses what follows a value: attributes, indexes, slices, calls, filters and tests. */
final class LinkParser {
    private static final Expression ABSENT = new Expression.Constant(Value.None.NONE);

    /** Names that end a test without parentheses instead of being its argument. */
    private static final Set<String> NOT_ARGUMENTS =
            Set.of("else", "or", "and", "is", "if", "in", "not", "recursive");

    private final TokenStream tokens;
    private final ExpressionParser expressions;

    LinkParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** The value with all that is done to it; filters and tests only where asked for. */
    Expression chain(Expression first, boolean filters) {
        List<Link> links = new ArrayList<>(0);
        while (postfix(links)) {}
        while (filters && filter(links)) {}
        return links.isEmpty() ? first : new Chain(first, links);
    }

    private boolean postfix(List<Link> links) {
        if (tokens.takeOperator(".")) {
            links.add(attribute());
        } else if (tokens.takeOperator("[")) {
            links.add(subscript());
        } else if (tokens.atOperator("(")) {
            links.add(new Chain.Call(arguments()));
        } else {
            return false;
        }
        return true;
    }

    private boolean filter(List<Link> links) {
        if (tokens.takeOperator("|")) {
            links.add(filter());
        } else if (tokens.takeName("is")) {
            links.add(test());
        } else if (tokens.atOperator("(")) {
            links.add(new Chain.Call(arguments()));
        } else {
            return false;
        }
        return true;
    }

    private Link attribute() {
        if (tokens.at(Kind.WHOLE)) {
            return new Chain.Item(new Expression.Constant(Num.whole(tokens.next().text())));
        }
        return new Chain.Attribute(Text.trusted(tokens.name()));
    }

    private Link subscript() {
        Expression from = tokens.atOperator(":") ? ABSENT : expressions.tuple();
        if (!tokens.takeOperator(":")) {
            tokens.expectOperator("]");
            return new Chain.Item(from);
        }
        boolean open = tokens.atOperator("]") || tokens.atOperator(":");
        Expression to = open ? ABSENT : expressions.expression();
        boolean stepped = tokens.takeOperator(":") && !tokens.atOperator("]");
        Expression step = stepped ? expressions.expression() : ABSENT;
        tokens.expectOperator("]");
        return new Chain.Slice(from, to, step);
    }

    /** A filter without its bar, as it also stands in filter and set blocks. */
    Link filter() {
        StringBuilder name = new StringBuilder(tokens.name());
        while (tokens.takeOperator(".")) {
            name.append('.').append(tokens.name());
        }
        ArgumentList arguments = tokens.atOperator("(") ? arguments() : ArgumentList.NONE;
        return new Chain.Filtered(name.toString(), Filters.find(name.toString()), arguments);
    }

    private Link test() {
        boolean negated = tokens.takeName("not");
        Token name = tokens.next();
        if (name.kind() != Kind.NAME && name.kind() != Kind.OPERATOR) {
            throw TemplateException.syntax(
                    name.line(), "the name of a test is expected after 'is'");
        }
        return new Chain.Tested(name.text(), negated, testArguments());
    }

    private ArgumentList testArguments() {
        if (tokens.atOperator("(")) {
            return arguments();
        }
        Token next = tokens.peek();
        boolean argument =
                switch (next.kind()) {
                    case STRING, WHOLE, FLOAT -> true;
                    case OPERATOR -> next.text().equals("[") || next.text().equals("{");
                    case NAME -> !NOT_ARGUMENTS.contains(next.text());
                    default -> false;
                };
        if (!argument) {
            return ArgumentList.NONE;
        }
        return ArgumentList.of(List.of(chain(expressions.primary(), false)));
    }

    ArgumentList arguments() {
        List<Expression> positional = new ArrayList<>();
        Map<Text, Expression> named = new LinkedHashMap<>();
        Expression spread = null;
        Expression spreadNamed = null;
        tokens.expectOperator("(");
        while (!tokens.atOperator(")")) {
            if (tokens.takeOperator("*")) {
                spread = expressions.expression();
            } else if (tokens.takeOperator("**")) {
                spreadNamed = expressions.expression();
            } else if (tokens.at(Kind.NAME) && tokens.peekSecond().isOperator("=")) {
                String name = tokens.next().text();
                tokens.expectOperator("=");
                named.put(Text.trusted(name), expressions.expression());
            } else {
                positional.add(expressions.expression());
            }
            if (!tokens.takeOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(")");
        return new ArgumentList(positional, named, spread, spreadNamed);
    }
}
