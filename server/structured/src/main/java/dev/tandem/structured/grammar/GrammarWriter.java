package dev.tandem.structured.grammar;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.schema.Schema;
import dev.tandem.structured.schema.Schema.AnyOf;
import dev.tandem.structured.schema.Schema.Anything;
import dev.tandem.structured.schema.Schema.ArrayValue;
import dev.tandem.structured.schema.Schema.BooleanValue;
import dev.tandem.structured.schema.Schema.Nothing;
import dev.tandem.structured.schema.Schema.NullValue;
import dev.tandem.structured.schema.Schema.NumberValue;
import dev.tandem.structured.schema.Schema.ObjectValue;
import dev.tandem.structured.schema.Schema.Reference;
import dev.tandem.structured.schema.Schema.StringValue;
import dev.tandem.structured.schema.Schema.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the rules of one schema and those inside it. */
final class GrammarWriter {
    private final Map<String, Schema> definitions;
    private final Rules rules;
    private final TextRules texts;
    private final NumberRules numbers;
    private final String space;
    private final Map<Schema, String> known = new HashMap<>();
    private final Map<String, String> ofDefinitions = new HashMap<>();
    private @Nullable String anything;

    /**
     * @param rules which the grammar has so far
     */
    GrammarWriter(Map<String, Schema> definitions, Rules rules) {
        this.definitions = definitions;
        this.rules = rules;
        this.texts = new TextRules(rules);
        this.numbers = new NumberRules(rules);
        this.space = rules.rule("space", List.of("\" \"", Gbnf.EMPTY));
    }

    /** The rule of a schema, written when it is first asked for. */
    String rule(Schema schema) {
        String rule = known.get(schema);
        if (rule == null) {
            rule = written(schema);
            known.put(schema, rule);
        }
        return rule;
    }

    TextRules texts() {
        return texts;
    }

    private String written(Schema schema) {
        return switch (schema) {
            case Anything ignored -> anything();
            case Nothing ignored ->
                    throw new IllegalStateException("no rule can be written for no value");
            case NullValue ignored -> rules.rule("null", List.of(Gbnf.literal("null")));
            case BooleanValue ignored ->
                    rules.rule("boolean", List.of(Gbnf.literal("true"), Gbnf.literal("false")));
            case Values values ->
                    new ValueRules(rules).rule(values.values().stream().map(Json::text).toList());
            case NumberValue number -> numbers.rule(number);
            case StringValue string -> texts.string(string);
            case ArrayValue array -> new ArrayRules(rules, this, space).rule(array);
            case ObjectValue object -> new ObjectRules(rules, this, space).rule(object);
            case AnyOf any -> rules.rule("any", any.schemas().stream().map(this::rule).toList());
            case Reference reference -> definition(reference.pointer());
        };
    }

    private String definition(String pointer) {
        String rule = ofDefinitions.get(pointer);
        if (rule == null) {
            rule = rules.reserve("definition");
            ofDefinitions.put(pointer, rule);
            Schema schema = definitions.getOrDefault(pointer, Schema.NOTHING);
            rules.define(rule, List.of(rule(schema)));
        }
        return rule;
    }

    private String anything() {
        if (anything == null) {
            anything = rules.reserve("value");
            List<String> kinds = new ArrayList<>();
            for (Schema kind :
                    List.of(
                            ObjectValue.ANY,
                            ArrayValue.ANY,
                            StringValue.ANY,
                            NumberValue.ANY,
                            new BooleanValue(),
                            new NullValue())) {
                kinds.add(rule(kind));
            }
            rules.define(anything, kinds);
        }
        return anything;
    }
}
