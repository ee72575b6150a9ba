package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import dev.tandem.llamacpp.calls.CallFormat;
import dev.tandem.llamacpp.loop.AnswerForm;
import dev.tandem.structured.grammar.Grammar;
import dev.tandem.structured.grammar.GrammarBuilder;
import dev.tandem.structured.schema.Schema;
import dev.tandem.structured.schema.SchemaDocument;
import dev.tandem.structured.schema.SchemaRefused;
import dev.tandem.v1.FunctionTool;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The forms to which requests hold answers. For any number of threads. */
final class AnswerForms {
    private final CallFormat format;
    private final GrammarCache cache = new GrammarCache();

    AnswerForms(CallFormat format) {
        this.format = format;
    }

    /**
     * The form of an answer.
     *
     * @param wanted of its content; null for any text
     * @param thinking how it may think; null where it does not
     * @throws dev.tandem.runtime.call.ApiException {@code unsupported_value} where an answer cannot
     *     be held to it
     */
    AnswerForm of(
            @Nullable WantedJson wanted, ToolUse tools, AnswerForm.@Nullable Thinking thinking) {
        Set<String> marks = new LinkedHashSet<>();
        if (thinking != null) {
            marks.add(thinking.begin());
            marks.add(thinking.end());
        }
        if (tools.isEmpty()) {
            Grammar grammar = wanted == null ? null : grammar(wanted, ToolUse.NONE, thinking);
            return new AnswerForm(thinking, grammar, null, marks);
        }
        marks.addAll(format.marks());
        if (tools.required()) {
            return new AnswerForm(
                    thinking,
                    grammar(null, tools, thinking),
                    new AnswerForm.Calls("", true, null),
                    marks);
        }
        if (wanted != null) {
            return new AnswerForm(
                    thinking,
                    grammar(wanted, tools, thinking),
                    new AnswerForm.Calls(format.trigger(), true, null),
                    marks);
        }
        return new AnswerForm(
                thinking,
                null,
                new AnswerForm.Calls(
                        format.trigger(), format.onlyAtBegin(), grammar(null, tools, null)),
                marks);
    }

    private Grammar grammar(
            @Nullable WantedJson wanted, ToolUse tools, AnswerForm.@Nullable Thinking thinking) {
        if (wanted != null && !tools.isEmpty() && !format.standsApartFromJson()) {
            throw Refusal.unsupportedValue(
                    "response_format",
                    "This model's calls look like JSON answers; ask for either with tool_choice `required` or `none`.");
        }
        var key = new StringBuilder(thinking == null ? "" : "behind thoughts ");
        if (wanted != null) {
            key.append("json ").append(wanted.schema());
        }
        tools.functions()
                .values()
                .forEach(function ->
                        key.append(tools.several() ? " calls " : " call ")
                                .append(function.getName())
                                .append(' ')
                                .append(function.getParameters()));
        Grammar known = cache.get(key.toString());
        if (known == null) {
            known = written(wanted, tools, thinking != null);
            cache.put(key.toString(), known);
        }
        return known;
    }

    private Grammar written(@Nullable WantedJson wanted, ToolUse tools, boolean behindThoughts) {
        var grammar = new GrammarBuilder();
        String field = "tools";
        try {
            String calls = tools.isEmpty() ? null : calls(grammar, tools);
            field = WantedJson.FIELD;
            String json = wanted == null ? null : grammar.value(wanted.document());
            List<String> parts = Stream.of(json, calls).filter(Objects::nonNull).toList();
            String all = parts.size() == 1 ? parts.getFirst() : grammar.oneOf(parts);
            return grammar.startingAt(behindThoughts ? lead(grammar) + " " + all : all);
        } catch (SchemaRefused e) {
            throw SchemaRefusal.of(field, e.problems());
        }
    }

    /** The line breaks that models put behind their thoughts. */
    private static String lead(GrammarBuilder grammar) throws SchemaRefused {
        String lineBreak = GrammarBuilder.literal("\n");
        return grammar.maybe(lineBreak + " " + grammar.maybe(lineBreak));
    }

    private String calls(GrammarBuilder grammar, ToolUse tools) throws SchemaRefused {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (Map.Entry<String, FunctionTool> entry : tools.functions().entrySet()) {
            FunctionTool function = entry.getValue();
            String field = entry.getKey() + ".parameters";
            try {
                arguments.put(function.getName(), grammar.value(parameters(function, field)));
            } catch (SchemaRefused e) {
                throw SchemaRefusal.of(field, e.problems());
            }
        }
        return format.calls(grammar, arguments, tools.several());
    }

    /** The schema of a function's arguments: they are an object. */
    private static SchemaDocument parameters(FunctionTool function, String field)
            throws SchemaRefused {
        String text =
                function.hasParameters()
                        ? function.getParameters()
                        : "{\"type\":\"object\",\"additionalProperties\":false}";
        SchemaDocument document = WantedJson.read(text, function.getStrict(), field);
        return switch (document.root()) {
            case Schema.ObjectValue ignored -> document;
            case Schema.Anything ignored ->
                    new SchemaDocument(
                            Schema.ObjectValue.ANY, document.definitions(), document.checkedOnly());
            default ->
                    throw Refusal.unsupportedValue(
                            field, "The parameters of a function need \"type\": \"object\".");
        };
    }
}
