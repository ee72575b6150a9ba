package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonBoolean;
import dev.tandem.structured.json.Json.JsonNull;
import dev.tandem.structured.json.Json.JsonNumber;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import dev.tandem.structured.schema.Schema.AnyOf;
import dev.tandem.structured.schema.Schema.Anything;
import dev.tandem.structured.schema.Schema.ArrayValue;
import dev.tandem.structured.schema.Schema.BooleanValue;
import dev.tandem.structured.schema.Schema.Bound;
import dev.tandem.structured.schema.Schema.Nothing;
import dev.tandem.structured.schema.Schema.NullValue;
import dev.tandem.structured.schema.Schema.NumberValue;
import dev.tandem.structured.schema.Schema.ObjectValue;
import dev.tandem.structured.schema.Schema.Reference;
import dev.tandem.structured.schema.Schema.StringValue;
import dev.tandem.structured.schema.Schema.Values;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value of a schema's own (of an {@code enum}, a {@code const}) is one that the rest of
 * the schema allows.
 */
final class Fit {
    private final Definitions definitions;

    Fit(Definitions definitions) {
        this.definitions = definitions;
    }

    boolean fits(Json value, Schema schema) {
        return switch (schema) {
            case Anything ignored -> true;
            case Nothing ignored -> false;
            case NullValue ignored -> value instanceof JsonNull;
            case BooleanValue ignored -> value instanceof JsonBoolean;
            case Values values -> values.values().contains(value);
            case NumberValue numbers ->
                    value instanceof JsonNumber number && inRange(number, numbers);
            case StringValue strings ->
                    value instanceof JsonString string
                            && definitions.texts().of(strings).matches(string.value());
            case ArrayValue arrays -> value instanceof JsonArray array && items(array, arrays);
            case ObjectValue objects ->
                    value instanceof JsonObject object && members(object, objects);
            case AnyOf any -> any.schemas().stream().anyMatch(one -> fits(value, one));
            case Reference reference -> fits(value, definitions.at(reference.pointer()));
        };
    }

    private static boolean inRange(JsonNumber number, NumberValue in) {
        BigDecimal value = number.value();
        BigDecimal divisor = in.multipleOf();
        return (!in.whole() || number.isInteger())
                && above(value, in.least())
                && below(value, in.most())
                && (divisor == null || value.remainder(divisor).signum() == 0);
    }

    private static boolean above(BigDecimal value, @Nullable Bound least) {
        return least == null || value.compareTo(least.value()) > (least.open() ? 0 : -1);
    }

    private static boolean below(BigDecimal value, @Nullable Bound most) {
        return most == null || value.compareTo(most.value()) < (most.open() ? 0 : 1);
    }

    private boolean items(JsonArray array, ArrayValue of) {
        Integer most = of.most();
        int size = array.items().size();
        if (size < of.least() || (most != null && size > most)) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!fits(array.items().get(i), of.item(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean members(JsonObject object, ObjectValue of) {
        Integer most = of.mostProperties();
        int size = object.members().size();
        return size >= of.leastProperties()
                && (most == null || size <= most)
                && object.members().keySet().containsAll(of.required())
                && object.members().entrySet().stream()
                        .allMatch(member -> fits(member.getValue(), of.property(member.getKey())));
    }
}
