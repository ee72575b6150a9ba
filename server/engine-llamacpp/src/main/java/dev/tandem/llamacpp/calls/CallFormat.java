package dev.tandem.llamacpp.calls;

import dev.tandem.structured.grammar.GrammarBuilder;
import dev.tandem.structured.json.JsonWriter;
import dev.tandem.structured.schema.SchemaRefused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A way to write calls: fixed texts around names and arguments. Chosen by the marks in a model's
 * chat template; a grammar holds the model to it.
 */
public enum CallFormat {
    /** Hermes, Qwen, SmolLM3 and many more; what models without a way of their own are told. */
    HERMES(
            new Texts(
                    "",
                    "<tool_call>\n{\"name\": \"",
                    "\", \"arguments\": ",
                    "}\n</tool_call>",
                    "\n",
                    ""),
            "<tool_call>"),
    /** Mistral, with all calls in one list. */
    MISTRAL(
            new Texts("[TOOL_CALLS][", "{\"name\": \"", "\", \"arguments\": ", "}", ", ", "]"),
            "[TOOL_CALLS]"),
    /** Mistral since late 2025, with a mark for each call. */
    MISTRAL_ARGS(new Texts("", "[TOOL_CALLS]", "[ARGS]", "", "", ""), "[TOOL_CALLS]"),
    /** Llama 3: a bare object, one call an answer. */
    LLAMA(new Texts("", "{\"name\": \"", "\", \"parameters\": ", "}", "", ""), "{\"name\": \""),
    /** DeepSeek V3 and R1. */
    DEEPSEEK(
            new Texts(
                    "<｜tool▁calls▁begin｜>",
                    "<｜tool▁call▁begin｜>function<｜tool▁sep｜>",
                    "\n```json\n",
                    "\n```<｜tool▁call▁end｜>",
                    "\n",
                    "<｜tool▁calls▁end｜>"),
            "<｜tool▁calls▁begin｜>");

    private static final int MOST_CALLS = 32;

    @SuppressWarnings("ImmutableEnumChecker") // a record of strings is immutable
    private final Texts texts;

    private final String trigger;

    CallFormat(Texts texts, String trigger) {
        this.texts = texts;
        this.trigger = trigger;
    }

    /**
     * The fixed texts.
     *
     * @param open in front of all calls
     * @param before in front of a name
     * @param between a name and its arguments
     * @param after arguments
     * @param separator between calls
     * @param close behind all calls
     */
    record Texts(
            String open,
            String before,
            String between,
            String after,
            String separator,
            String close) {}

    /** The one that a chat template's text teaches; empty where none is known in it. */
    public static Optional<CallFormat> of(String template) {
        if (!template.contains("tools")) {
            return Optional.empty();
        }
        if (template.contains("<tool_call>") && !template.contains("<function=")) {
            return Optional.of(HERMES);
        }
        if (template.contains("[TOOL_CALLS]")) {
            return Optional.of(template.contains("[ARGS]") ? MISTRAL_ARGS : MISTRAL);
        }
        if (template.contains("<｜tool▁calls▁begin｜>") && template.contains("```json")) {
            return Optional.of(DEEPSEEK);
        }
        boolean llama = template.contains("<|start_header_id|>") && template.contains("ipython");
        return llama ? Optional.of(LLAMA) : Optional.empty();
    }

    /** What the calls begin with. */
    public String trigger() {
        return trigger;
    }

    /** Whether the trigger counts only where nothing stands before it. */
    public boolean onlyAtBegin() {
        return this == LLAMA;
    }

    /** Whether an answer that is JSON cannot begin with the trigger. */
    public boolean standsApartFromJson() {
        return this != LLAMA && this != MISTRAL && this != MISTRAL_ARGS;
    }

    /** Whether the ids of calls have nine letters and digits: Mistral's templates refuse others. */
    public boolean hasShortIds() {
        return this == MISTRAL || this == MISTRAL_ARGS;
    }

    /** The texts whose control tokens are a part of calls. */
    public Set<String> marks() {
        return Set.of(
                texts.open + texts.before, texts.between, texts.after + " " + texts.close, trigger);
    }

    /**
     * Adds the calls of some functions to a grammar.
     *
     * @param arguments the part for the arguments of each function, by its name
     * @param several may there be more than one call?
     */
    public String calls(GrammarBuilder grammar, Map<String, String> arguments, boolean several)
            throws SchemaRefused {
        Map<String, String> behind = new LinkedHashMap<>();
        for (Map.Entry<String, String> function : arguments.entrySet()) {
            String end = texts.after.isEmpty() ? "" : " " + GrammarBuilder.literal(texts.after);
            behind.put(function.getKey() + texts.between, function.getValue() + end);
        }
        String call = GrammarBuilder.literal(texts.before) + " " + grammar.texts(behind);
        String separator = texts.separator.isEmpty() ? "" : literal(texts.separator);
        String all = grammar.upTo(several && this != LLAMA ? MOST_CALLS : 1, call, separator);
        return literal(texts.open)
                + all
                + (texts.close.isEmpty() ? "" : " " + literal(texts.close));
    }

    private static String literal(String text) {
        return text.isEmpty() ? "" : GrammarBuilder.literal(text) + " ";
    }

    /** A call as the model would write it. */
    public String call(String name, String arguments) {
        return texts.before + name + texts.between + arguments + texts.after;
    }

    /** What a model without a way of its own is told: the tools, and how to call them. */
    public static String instruction(Iterable<String> toolsAsJson, boolean required) {
        var text = new StringBuilder("You have these tools:\n<tools>\n");
        toolsAsJson.forEach(tool -> text.append(tool).append('\n'));
        text.append("</tools>\n")
                .append(
                        required
                                ? "Answer with a call of a tool, its name and arguments as JSON:\n"
                                : "To call a tool, answer with its name and arguments as JSON:\n")
                .append(HERMES.call("...", "{" + JsonWriter.quoted("...") + ": ...}"));
        return text.toString();
    }

    Texts texts() {
        return texts;
    }
}
