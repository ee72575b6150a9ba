package dev.tandem.structured.check;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import dev.tandem.structured.json.BadJson;
import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.JsonReader;
import dev.tandem.structured.pattern.Automaton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Holds values against one schema, with every keyword: those that a grammar cannot hold to as well.
 * Formats are rules. Patterns are matched in linear time, nothing is fetched, and the steps of one
 * check are bounded. For any number of threads.
 */
public final class SchemaCheck {
    /** The most violations of one value that are told. */
    public static final int MAX_VIOLATIONS = 20;

    /** The longest JSON text that is checked. */
    public static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private static final long MAX_STEPS = 1_000_000;
    private static final int MAX_DEPTH = 500;
    private static final int MAX_VALUE_DEPTH = 200;

    private final JsonReader reader = new JsonReader(MAX_CHARACTERS, MAX_VALUE_DEPTH);
    private final Schema schema;

    private SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    /** A check by a schema that {@link dev.tandem.structured.schema.SchemaReader} has taken. */
    public static SchemaCheck of(Json schema) {
        Dialect dialect =
                Dialect.builder(
                                hasOldTuples(schema)
                                        ? Dialects.getDraft201909()
                                        : Dialects.getDraft202012())
                        .format(new EmailFormat())
                        .build();
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder()
                        .pathType(PathType.JSON_POINTER)
                        .locale(Locale.ENGLISH)
                        .formatAssertionsEnabled(true)
                        .regularExpressionFactory(pattern -> Automaton.ofPattern(pattern)::matches)
                        .build();
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(
                        dialect,
                        builder ->
                                builder.schemaRegistryConfig(config)
                                        .schemaCacheEnabled(false)
                                        .schemaLoader(
                                                loader -> loader.fetchRemoteResources(false)));
        return new SchemaCheck(registry.getSchema(Nodes.of(withoutNames(schema))));
    }

    /** What is wrong with a JSON text; empty where it is valid. */
    public List<Violation> violations(String text) {
        try {
            return violations(reader.read(text));
        } catch (BadJson e) {
            return List.of(new Violation("", "json", "this is not JSON: " + e.getMessage()));
        }
    }

    /** What is wrong with a value; empty where it is valid. */
    public List<Violation> violations(Json value) {
        try {
            return schema
                    .validate(
                            Nodes.of(value),
                            context ->
                                    context.executionConfig(config ->
                                            config.maxEvaluationSteps(MAX_STEPS)
                                                    .maxEvaluationDepth(MAX_DEPTH)))
                    .stream()
                    .limit(MAX_VIOLATIONS)
                    .map(SchemaCheck::violation)
                    .toList();
        } catch (ValidationLimitExceededException e) {
            return List.of(new Violation("", "limit", "the value is too large to be checked"));
        }
    }

    private static Violation violation(Error error) {
        return new Violation(
                error.getInstanceLocation().toString(), error.getKeyword(), error.getMessage());
    }

    /** Dialects and base addresses lead elsewhere; all references are into the schema itself. */
    private static Json withoutNames(Json schema) {
        if (!(schema instanceof JsonObject object)) {
            return schema;
        }
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.remove("$schema");
        members.remove("$id");
        return new JsonObject(members);
    }

    /** Whether a list stands as {@code items}: so it was before 2020-12. */
    static boolean hasOldTuples(Json json) {
        return switch (json) {
            case JsonObject object ->
                    object.members().get("items") instanceof JsonArray
                            || object.members().values().stream()
                                    .anyMatch(SchemaCheck::hasOldTuples);
            case JsonArray array -> array.items().stream().anyMatch(SchemaCheck::hasOldTuples);
            default -> false;
        };
    }
}
