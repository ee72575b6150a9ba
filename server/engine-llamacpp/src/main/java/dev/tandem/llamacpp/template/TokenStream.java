package dev.tandem.llamacpp.template;

import dev.tandem.llamacpp.template.Token.Kind;
import java.util.List;

/** The tokens of a template while they are parsed, and how deeply the parser is nested in them. */
final class TokenStream {
    private final List<Token> tokens;
    private final int maxNesting;
    private int position;
    private int nesting;

    TokenStream(List<Token> tokens, int maxNesting) {
        this.tokens = tokens;
        this.maxNesting = maxNesting;
    }

    Token peek() {
        return tokens.get(position);
    }

    Token peekSecond() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    /**
     * Takes a token; the end of a tag and of the source can be seen again and again by those who
     * may not pass it.
     */
    Token next() {
        Token token = peek();
        if (token.kind() != Kind.SOURCE_END) {
            position++;
        }
        return token;
    }

    boolean at(Kind kind) {
        return peek().kind() == kind;
    }

    boolean atOperator(String operator) {
        return peek().isOperator(operator);
    }

    boolean takeOperator(String operator) {
        return take(atOperator(operator));
    }

    boolean takeName(String name) {
        return take(peek().isName(name));
    }

    private boolean take(boolean present) {
        if (present) {
            position++;
        }
        return present;
    }

    void expectOperator(String operator) {
        if (!takeOperator(operator)) {
            throw error("'" + operator + "' is expected, not " + peek().describe());
        }
    }

    void expectName(String name) {
        if (!takeName(name)) {
            throw error("'" + name + "' is expected, not " + peek().describe());
        }
    }

    String name() {
        if (!at(Kind.NAME)) {
            throw error("a name is expected, not " + peek().describe());
        }
        return next().text();
    }

    void endOfTag() {
        if (!at(Kind.TAG_END)) {
            throw error("the end of the tag is expected, not " + peek().describe());
        }
        position++;
    }

    /**
     * Goes one level deeper into the source, to refuse what would not fit on the stack; {@link
     * #leave()} comes back.
     */
    void enter() {
        if (++nesting > maxNesting) {
            throw TemplateException.limit(
                    "line " + peek().line() + " is nested more than " + maxNesting + " deep");
        }
    }

    void leave() {
        nesting--;
    }

    TemplateException error(String message) {
        return TemplateException.syntax(peek().line(), message);
    }
}
