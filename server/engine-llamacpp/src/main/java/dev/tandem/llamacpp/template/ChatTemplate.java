package dev.tandem.llamacpp.template;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's chat template, parsed once and rendered often, by any number of threads at a time.
 *
 * <p>The language is the part of Jinja2 3.1 that such templates use, set up as transformers does:
 * {@code trim_blocks}, {@code lstrip_blocks}, {@code break} and {@code continue}, {@code {%
 * generation %}}, {@code tojson} without HTML escapes, {@code raise_exception} and {@code
 * strftime_now}. A template is foreign code: it reaches nothing but its input, and its source,
 * steps, memory, output, nesting and time are limited.
 */
public final class ChatTemplate {
    private final Statement body;
    private final Limits limits;

    private ChatTemplate(Statement body, Limits limits) {
        this.body = body;
        this.limits = limits;
    }

    /**
     * Parses a template of at most 256 Ki characters.
     *
     * @throws TemplateException of kind SYNTAX, naming the line, where the source does not parse;
     *     of kind LIMIT where it is too long or nested too deeply
     */
    public static ChatTemplate parse(String source) {
        return parse(source, Limits.STANDARD);
    }

    static ChatTemplate parse(String source, Limits limits) {
        if (source.length() > limits.source()) {
            throw TemplateException.limit(
                    "its source is longer than " + limits.source() + " characters");
        }
        TokenStream tokens = new TokenStream(Lexer.tokens(source), limits.depth());
        return new ChatTemplate(new StatementParser(tokens).template(), limits);
    }

    /**
     * Renders with these variables; {@code tools} and {@code documents} should be null where there
     * are none, not absent.
     *
     * @param variables values are String, Number, Boolean, List, Map or null, in lists and maps
     *     too; map keys are strings
     * @param clock what {@code strftime_now} reads, in its zone
     * @throws TemplateException of kind RAISED with the template's own message, LIMIT or RUNTIME
     */
    public String render(Map<String, @Nullable Object> variables, Clock clock) {
        Map<String, Value> values = new HashMap<>();
        variables.forEach((name, value) -> values.put(name, InputConversion.trusted(value)));
        return renderText(values, clock).chars();
    }

    /** Renders to a text that knows which of its characters are the caller's. */
    Text renderText(Map<String, Value> variables, Clock clock) {
        Scope scope = new Scope(new Scope(variables));
        Rendering rendering = new Rendering(new Budget(limits), LocalDateTime.now(clock), scope);
        try {
            body.execute(rendering);
        } catch (StackOverflowError deep) {
            // nesting is counted, but how much stack the thread has left is not known; nothing
            // outlives the render
            throw TemplateException.limit("it is nested too deeply for the stack");
        }
        return rendering.result();
    }
}
