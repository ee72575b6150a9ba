package dev.tandem.structured.grammar;

import dev.tandem.structured.schema.Schema;
import dev.tandem.structured.schema.SchemaDocument;
import dev.tandem.structured.schema.SchemaRefused;
import java.util.List;
import java.util.Map;

/**
 * A grammar in GBNF that begins at {@code root}. Every text of it is one JSON value that fits the
 * schema's model, with at most one space where JSON allows white space; not every spelling of every
 * such value is a text of it: keys come in the schema's order, numbers have up to sixteen digits
 * before and fifteen behind the point.
 *
 * @param gbnf its text; ASCII
 * @param rules how many it has
 */
public record Grammar(String gbnf, int rules) {
    static final String START = "root ::= ";

    /** The most rules. */
    public static final int MAX_RULES = 20_000;

    /** The longest text of one, in characters. */
    public static final int MAX_CHARACTERS = 2_000_000;

    /**
     * The grammar of a schema.
     *
     * @throws SchemaRefused where the grammar would be too large, or too slow to follow
     */
    public static Grammar of(SchemaDocument schema) throws SchemaRefused {
        var builder = new GrammarBuilder();
        return builder.startingAt(builder.value(schema));
    }

    /**
     * The same texts with another in front of each.
     *
     * @param prefix may be empty
     */
    public Grammar behind(String prefix) {
        return prefix.isEmpty()
                ? this
                : new Grammar(
                        START + Gbnf.literal(prefix) + " " + gbnf.substring(START.length()), rules);
    }

    /** The grammar of all JSON objects. */
    public static Grammar ofAnyObject() {
        try {
            return of(new SchemaDocument(Schema.ObjectValue.ANY, Map.of(), List.of()));
        } catch (SchemaRefused e) {
            throw new IllegalStateException("the grammar of objects is always the same", e);
        }
    }
}
