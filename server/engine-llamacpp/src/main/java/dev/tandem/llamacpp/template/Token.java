package dev.tandem.llamacpp.template;

/**
 * A piece of a template's source.
 *
 * @param text the text itself; of a string literal what it stands for; of the begin or end of a tag
 *     nothing
 * @param line counted from 1
 */
record Token(Kind kind, String text, int line) {
    enum Kind {
        TEXT,
        OUTPUT_BEGIN,
        BLOCK_BEGIN,
        TAG_END,
        NAME,
        STRING,
        WHOLE,
        FLOAT,
        OPERATOR,
        SOURCE_END
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** How a message names it. */
    String describe() {
        return switch (kind) {
            case TAG_END -> "the end of the tag";
            case SOURCE_END -> "the end of the template";
            default -> "'" + text + "'";
        };
    }
}
