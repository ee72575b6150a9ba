package dev.tandem.structured.schema;

/**
 * How large a schema may be.
 *
 * @param characters of its text
 * @param depth of schemas inside schemas
 * @param schemas in all, each subschema counted
 * @param definitions that are referred to
 * @param properties of one object
 * @param values of one enum
 */
public record SchemaLimits(
        int characters, int depth, int schemas, int definitions, int properties, int values) {
    /** For schemas that callers send. */
    public static final SchemaLimits DEFAULT =
            new SchemaLimits(256 * 1024, 40, 5_000, 200, 500, 1_000);
}
