package dev.tandem.gateway.extract.message;

import build.buf.validate.FieldRules;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonNumber;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of numbers of any type as keywords; the rules of all of them have the same names. */
final class NumberKeywords {
    private final SchemaObject schema;
    private final Message rules;
    private final boolean unsigned;

    private NumberKeywords(SchemaObject schema, Message rules) {
        this.schema = schema;
        this.rules = rules;
        String type = rules.getDescriptorForType().getName();
        unsigned = type.startsWith("UInt") || type.startsWith("Fixed");
    }

    static SchemaObject add(SchemaObject schema, FieldRules all) {
        FieldDescriptor typed =
                all.getOneofFieldDescriptor(FieldRules.getDescriptor().getOneofs().getFirst());
        if (typed != null) {
            new NumberKeywords(schema, (Message) all.getField(typed)).add();
        }
        return schema;
    }

    private void add() {
        BigDecimal constant = number("const");
        if (constant != null) {
            schema.put("const", constant);
        }
        List<Json> in = numbers("in");
        if (!in.isEmpty()) {
            schema.put("enum", new JsonArray(in));
        }
        if (!excludes()) {
            bound("gte", "minimum", "minimum");
            bound("gt", "exclusiveMinimum", "minimum");
            bound("lte", "maximum", "maximum");
            bound("lt", "exclusiveMaximum", "maximum");
        }
    }

    /** A lower bound above the upper one means the values outside; that is not said. */
    private boolean excludes() {
        BigDecimal low = number("gt") == null ? number("gte") : number("gt");
        BigDecimal high = number("lt") == null ? number("lte") : number("lt");
        return low != null && high != null && low.compareTo(high) > 0;
    }

    private void bound(String rule, String keyword, String inPlaceOf) {
        BigDecimal bound = number(rule);
        if (bound != null) {
            schema.remove(inPlaceOf).put(keyword, bound);
        }
    }

    private @Nullable BigDecimal number(String rule) {
        FieldDescriptor field = rules.getDescriptorForType().findFieldByName(rule);
        return field == null || !rules.hasField(field) ? null : decimal(rules.getField(field));
    }

    private List<Json> numbers(String rule) {
        FieldDescriptor field = rules.getDescriptorForType().findFieldByName(rule);
        List<Json> all = new ArrayList<>();
        if (field != null) {
            for (Object value : (List<?>) rules.getField(field)) {
                BigDecimal decimal = decimal(value);
                if (decimal != null) {
                    all.add(new JsonNumber(decimal));
                }
            }
        }
        return all;
    }

    private @Nullable BigDecimal decimal(Object value) {
        return switch (value) {
            case Integer i ->
                    new BigDecimal(unsigned ? Integer.toUnsignedString(i) : Integer.toString(i));
            case Long l -> new BigDecimal(unsigned ? Long.toUnsignedString(l) : Long.toString(l));
            case Float f when Float.isFinite(f) -> new BigDecimal(Float.toString(f));
            case Double d when Double.isFinite(d) -> new BigDecimal(Double.toString(d));
            default -> null;
        };
    }
}
