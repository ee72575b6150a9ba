package dev.tandem.structured.check;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import dev.tandem.structured.json.Json;
import dev.tandem.structured.schema.Problem;
import java.util.List;
import java.util.Locale;

/** What JSON Schema says of the values of its keywords: the drafts' own schemas for schemas. */
final class DraftRules {
    private static final int MAX_PROBLEMS = 20;
    private static final long MAX_STEPS = 5_000_000;
    private static final int MAX_DEPTH = 2_000;

    private static final Schema NEW = ownSchema(Dialects.getDraft202012());
    private static final Schema OLD = ownSchema(Dialects.getDraft201909());

    private DraftRules() {}

    private static Schema ownSchema(Dialect dialect) {
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder()
                        .pathType(PathType.JSON_POINTER)
                        .locale(Locale.ENGLISH)
                        .build();
        return SchemaRegistry.withDefaultDialect(
                        dialect, builder -> builder.schemaRegistryConfig(config))
                .getSchema(SchemaLocation.of(dialect.getId()));
    }

    /** The places where a schema breaks them. */
    static List<Problem> broken(Json schema) {
        try {
            return (SchemaCheck.hasOldTuples(schema) ? OLD : NEW)
                            .validate(
                                    Nodes.of(schema),
                                    context ->
                                            context.executionConfig(config ->
                                                    config.maxEvaluationSteps(MAX_STEPS)
                                                            .maxEvaluationDepth(MAX_DEPTH)))
                            .stream()
                            .map(error ->
                                    new Problem(
                                            error.getInstanceLocation().toString(),
                                            error.getMessage()))
                            .distinct()
                            .limit(MAX_PROBLEMS)
                            .toList();
        } catch (ValidationLimitExceededException e) {
            return List.of(new Problem("", "the schema is too large to be checked"));
        }
    }
}
