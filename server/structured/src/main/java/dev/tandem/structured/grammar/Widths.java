package dev.tandem.structured.grammar;

import dev.tandem.structured.schema.Problem;
import dev.tandem.structured.schema.Schema;
import dev.tandem.structured.schema.Schema.AnyOf;
import dev.tandem.structured.schema.Schema.ArrayValue;
import dev.tandem.structured.schema.Schema.ObjectValue;
import dev.tandem.structured.schema.Schema.Reference;
import dev.tandem.structured.schema.SchemaDocument;
import dev.tandem.structured.schema.SchemaRefused;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many readings of a value may have to be followed at the same time, as its beginning does not
 * tell which alternative it is. Each costs time at every token; alternatives inside alternatives
 * that cannot be told apart multiply with the depth of the value, without end where they refer to
 * themselves.
 */
final class Widths {
    /** The most readings at a time. */
    static final int MOST = 40;

    private final Beginnings beginnings;
    private final Map<String, Integer> ofDefinitions = new HashMap<>();
    private final IdentityHashMap<AnyOf, boolean[][]> together = new IdentityHashMap<>();

    private Widths(SchemaDocument document) {
        this.beginnings = new Beginnings(document.definitions());
    }

    /**
     * Returns where no value takes more readings than {@link #MOST}.
     *
     * @throws SchemaRefused where one does
     */
    static void check(SchemaDocument document) throws SchemaRefused {
        var widths = new Widths(document);
        document.definitions().keySet().forEach(pointer -> widths.ofDefinitions.put(pointer, 1));
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Map.Entry<String, Schema> definition : document.definitions().entrySet()) {
                int width = widths.of(definition.getValue());
                require(width, definition.getKey());
                grew |= width > widths.ofDefinitions.put(definition.getKey(), width);
            }
        }
        require(widths.of(document.root()), "");
    }

    private static void require(int width, String pointer) throws SchemaRefused {
        if (width > MOST) {
            throw new SchemaRefused(
                    List.of(
                            new Problem(
                                    pointer,
                                    "too many alternatives begin alike; give each a first property"
                                            + " that is required and a const of its own, or use"
                                            + " fewer")));
        }
    }

    /** At most one more than {@link #MOST}. */
    private int of(Schema schema) {
        return switch (schema) {
            case Reference reference -> ofDefinitions.getOrDefault(reference.pointer(), 1);
            case ArrayValue array -> {
                int most = of(array.rest());
                for (Schema item : array.first()) {
                    most = Math.max(most, of(item));
                }
                yield most;
            }
            case ObjectValue object -> {
                int most = of(object.others());
                for (Schema property : object.properties().values()) {
                    most = Math.max(most, of(property));
                }
                yield most;
            }
            case AnyOf any -> ofAlternatives(any);
            default -> 1;
        };
    }

    private int ofAlternatives(AnyOf any) {
        List<Schema> schemas = any.schemas();
        int[] widths = schemas.stream().mapToInt(this::of).toArray();
        boolean[][] beside = together.computeIfAbsent(any, this::compared);
        int most = 1;
        for (int i = 0; i < widths.length; i++) {
            int alike = 0;
            int sum = 0;
            for (int j = 0; j < widths.length; j++) {
                alike += beginnings.beginAlike(schemas.get(i), schemas.get(j)) ? 1 : 0;
                sum += beside[i][j] ? widths[j] : 0;
            }
            most = Math.max(most, Math.max(alike, sum));
            if (most > MOST) {
                return MOST + 1;
            }
        }
        return most;
    }

    private boolean[][] compared(AnyOf any) {
        int size = any.schemas().size();
        boolean[][] beside = new boolean[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                beside[i][j] =
                        i == j || !beginnings.toldApart(any.schemas().get(i), any.schemas().get(j));
            }
        }
        return beside;
    }
}
