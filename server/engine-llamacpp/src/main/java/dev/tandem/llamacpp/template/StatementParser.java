package dev.tandem.llamacpp.template;

import dev.tandem.llamacpp.template.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses a template: text, output and block tags. */
final class StatementParser {
    private static final Expression ALWAYS = new Expression.Constant(Value.Bool.TRUE);
    private static final Statement NOTHING = new Statement.Block(List.of());

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final LinkParser links;

    StatementParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
        this.links = new LinkParser(tokens, expressions);
    }

    Statement template() {
        return body(Set.of());
    }

    /** Parses up to a tag of one of these names, which is left to be read, without its begin. */
    private Statement body(Set<String> ends) {
        tokens.enter();
        int line = tokens.peek().line();
        List<Statement> statements = new ArrayList<>();
        while (!tokens.at(Kind.SOURCE_END)) {
            Token token = tokens.next();
            if (token.kind() == Kind.TEXT) {
                statements.add(new Statement.Literal(Text.trusted(token.text())));
            } else if (token.kind() == Kind.OUTPUT_BEGIN) {
                statements.add(new Statement.Output(expressions.tuple()));
                tokens.endOfTag();
            } else if (tokens.at(Kind.NAME) && ends.contains(tokens.peek().text())) {
                tokens.leave();
                return new Statement.Block(List.copyOf(statements));
            } else {
                statements.add(block());
            }
        }
        if (!ends.isEmpty()) {
            throw TemplateException.syntax(
                    line, "this block has no end: one of " + ends + " is missing");
        }
        tokens.leave();
        return new Statement.Block(List.copyOf(statements));
    }

    private Statement bodyUpTo(String end) {
        tokens.endOfTag();
        Statement body = body(Set.of(end));
        tokens.expectName(end);
        tokens.endOfTag();
        return body;
    }

    private Statement block() {
        Token tag = tokens.peek();
        return switch (tokens.name()) {
            case "if" -> ifBlock();
            case "for" -> forLoop();
            case "set" -> set();
            case "macro" -> macro();
            case "call" -> callBlock();
            case "filter" -> filterBlock();
            case "with" -> with();
            // transformers marks what the model learns from; a prompt is the same with and without
            case "generation" -> bodyUpTo("endgeneration");
            case "break" -> jump(Statement.Flow.BREAK);
            case "continue" -> jump(Statement.Flow.CONTINUE);
            case "include", "import", "from", "extends" ->
                    throw TemplateException.syntax(
                            tag.line(),
                            "'" + tag.text() + "' is refused: a chat template is one file");
            default ->
                    throw TemplateException.syntax(
                            tag.line(), "no tag is called '" + tag.text() + "' here");
        };
    }

    private Statement jump(Statement.Flow flow) {
        tokens.endOfTag();
        return new Statement.Jump(flow);
    }

    private Statement ifBlock() {
        Set<String> ends = Set.of("elif", "else", "endif");
        List<Statement.If.Branch> branches = new ArrayList<>();
        do {
            Expression condition = expressions.tuple();
            tokens.endOfTag();
            branches.add(new Statement.If.Branch(condition, body(ends)));
        } while (tokens.takeName("elif"));
        if (tokens.takeName("else")) {
            tokens.endOfTag();
            branches.add(new Statement.If.Branch(ALWAYS, body(Set.of("endif"))));
        }
        tokens.expectName("endif");
        tokens.endOfTag();
        return new Statement.If(branches);
    }

    private Statement forLoop() {
        Target target = names();
        tokens.expectName("in");
        Expression items = expressions.iterable();
        Expression condition = tokens.takeName("if") ? expressions.expression() : null;
        boolean recursive = tokens.takeName("recursive");
        tokens.endOfTag();
        Statement body = body(Set.of("endfor", "else"));
        Statement otherwise = NOTHING;
        if (tokens.takeName("else")) {
            tokens.endOfTag();
            otherwise = body(Set.of("endfor"));
        }
        tokens.expectName("endfor");
        tokens.endOfTag();
        return new ForLoop(target, items, condition, recursive, body, otherwise);
    }

    private Target names() {
        List<String> names = new ArrayList<>();
        boolean parenthesized = tokens.takeOperator("(");
        do {
            names.add(tokens.name());
        } while (tokens.takeOperator(",") && tokens.at(Kind.NAME));
        if (parenthesized) {
            tokens.expectOperator(")");
        }
        return new Target.Names(names);
    }

    private Statement set() {
        Target target = target();
        if (tokens.takeOperator("=")) {
            Expression value = expressions.tuple();
            tokens.endOfTag();
            return new Statement.Assign(target, value);
        }
        List<Chain.Link> filters = new ArrayList<>();
        while (tokens.takeOperator("|")) {
            filters.add(links.filter());
        }
        return new Statement.AssignBlock(target, filters, bodyUpTo("endset"));
    }

    private Target target() {
        if (!tokens.at(Kind.NAME) || !tokens.peekSecond().isOperator(".")) {
            return names();
        }
        String variable = tokens.name();
        tokens.expectOperator(".");
        return new Target.Attribute(variable, tokens.name());
    }

    private List<Macro.Parameter> parameters() {
        List<Macro.Parameter> parameters = new ArrayList<>();
        tokens.expectOperator("(");
        while (!tokens.atOperator(")")) {
            String name = tokens.name();
            Expression otherwise = tokens.takeOperator("=") ? expressions.expression() : null;
            parameters.add(new Macro.Parameter(name, otherwise));
            if (!tokens.takeOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(")");
        return parameters;
    }

    private Statement macro() {
        String name = tokens.name();
        List<Macro.Parameter> parameters = parameters();
        return new Macro.Definition(name, new Macro(parameters, bodyUpTo("endmacro")));
    }

    private Statement callBlock() {
        List<Macro.Parameter> parameters = tokens.atOperator("(") ? parameters() : List.of();
        Token start = tokens.peek();
        if (expressions.expression() instanceof Chain chain
                && chain.links().getLast() instanceof Chain.Call call) {
            Expression function =
                    new Chain(chain.first(), chain.links().subList(0, chain.links().size() - 1));
            return new Macro.CallBlock(
                    function, call.arguments(), new Macro(parameters, bodyUpTo("endcall")));
        }
        throw TemplateException.syntax(start.line(), "'call' needs a call: {% call function(…) %}");
    }

    private Statement filterBlock() {
        List<Chain.Link> filters = new ArrayList<>();
        do {
            filters.add(links.filter());
        } while (tokens.takeOperator("|"));
        return new Statement.FilterBlock(filters, bodyUpTo("endfilter"));
    }

    private Statement with() {
        Map<String, Expression> variables = new LinkedHashMap<>();
        while (tokens.at(Kind.NAME)) {
            String name = tokens.name();
            tokens.expectOperator("=");
            variables.put(name, expressions.expression());
            if (!tokens.takeOperator(",")) {
                break;
            }
        }
        return new Statement.With(variables, bodyUpTo("endwith"));
    }
}
