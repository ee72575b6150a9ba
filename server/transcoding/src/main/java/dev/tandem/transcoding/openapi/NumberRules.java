package dev.tandem.transcoding.openapi;

import build.buf.validate.Fixed32Rules;
import build.buf.validate.Fixed64Rules;
import build.buf.validate.UInt32Rules;
import build.buf.validate.UInt64Rules;
import com.google.protobuf.Message;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of numbers of every type. */
final class NumberRules {
    private final RuleFields rules;
    private final boolean unsigned;

    NumberRules(Message rules) {
        this.rules = new RuleFields(rules);
        unsigned =
                rules instanceof UInt32Rules
                        || rules instanceof UInt64Rules
                        || rules instanceof Fixed32Rules
                        || rules instanceof Fixed64Rules;
    }

    /** Adds what the rules say to a schema that has the bounds of the type already. */
    void addTo(Node schema) {
        number("const").ifPresent(value -> schema.put("const", value));
        List<JsonValue> in = values("in");
        if (!in.isEmpty()) {
            schema.putValues("enum", in);
        }
        List<JsonValue> notIn = values("not_in");
        if (!notIn.isEmpty()) {
            schema.put("not", new Node().putValues("enum", notIn));
        }
        Optional<BigDecimal> low = number("gt").or(() -> number("gte"));
        Optional<BigDecimal> high = number("lt").or(() -> number("lte"));
        if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0) {
            // greater than the one or less than the other
            schema.putNodes("anyOf", List.of(bound(new Node(), true), bound(new Node(), false)));
        } else {
            bound(schema, true);
            bound(schema, false);
        }
    }

    private Node bound(Node schema, boolean low) {
        String plain = low ? "minimum" : "maximum";
        number(low ? "gte" : "lte").ifPresent(value -> schema.put(plain, value));
        number(low ? "gt" : "lt")
                .ifPresent(value -> {
                    schema.remove(plain);
                    schema.put(low ? "exclusiveMinimum" : "exclusiveMaximum", value);
                });
        return schema;
    }

    /** Which of the strings for what is not finite the rules let through. */
    List<String> specials() {
        List<String> specials = new ArrayList<>();
        boolean low = has("gt") || has("gte");
        boolean high = has("lt") || has("lte");
        if (rules.isTrue("finite") || has("const") || !rules.list("in").isEmpty()) {
            return specials;
        }
        if (!low && !high) {
            specials.add("NaN");
        }
        if (!high) {
            specials.add("Infinity");
        }
        if (!low) {
            specials.add("-Infinity");
        }
        return specials;
    }

    boolean allowZero() {
        BigDecimal zero = BigDecimal.ZERO;
        boolean aboveLow =
                number("gt").map(low -> zero.compareTo(low) > 0).orElse(true)
                        && number("gte").map(low -> zero.compareTo(low) >= 0).orElse(true);
        boolean belowHigh =
                number("lt").map(high -> zero.compareTo(high) < 0).orElse(true)
                        && number("lte").map(high -> zero.compareTo(high) <= 0).orElse(true);
        Optional<BigDecimal> low = number("gt").or(() -> number("gte"));
        Optional<BigDecimal> high = number("lt").or(() -> number("lte"));
        boolean outside =
                low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0;
        return (outside ? aboveLow || belowHigh : aboveLow && belowHigh)
                && number("const").map(value -> value.signum() == 0).orElse(true)
                && (rules.list("in").isEmpty() || numbers("in").contains(zero))
                && !numbers("not_in").contains(zero);
    }

    private boolean has(String name) {
        return rules.value(name).isPresent();
    }

    private Optional<BigDecimal> number(String name) {
        return rules.value(name).flatMap(this::number);
    }

    private List<BigDecimal> numbers(String name) {
        List<BigDecimal> numbers = new ArrayList<>();
        rules.list(name).forEach(value -> number(value).ifPresent(numbers::add));
        return numbers;
    }

    private List<JsonValue> values(String name) {
        List<JsonValue> values = new ArrayList<>();
        numbers(name).forEach(number -> values.add(value(number)));
        return values;
    }

    private static JsonValue value(BigDecimal number) {
        return number.scale() <= 0
                ? Node.JSON.createValue(number.toBigIntegerExact())
                : Node.JSON.createValue(number);
    }

    /** Empty for what is not finite. */
    private Optional<BigDecimal> number(Object value) {
        return switch (value) {
            case Integer bits ->
                    Optional.of(
                            BigDecimal.valueOf(
                                    unsigned ? Integer.toUnsignedLong(bits) : (long) bits));
            case Long bits ->
                    Optional.of(
                            unsigned
                                    ? new BigDecimal(new BigInteger(Long.toUnsignedString(bits)))
                                    : BigDecimal.valueOf(bits));
            case Number real when Double.isFinite(real.doubleValue()) ->
                    Optional.of(whole(new BigDecimal(real.toString())));
            default -> Optional.empty();
        };
    }

    private static BigDecimal whole(BigDecimal number) {
        BigDecimal bare = number.stripTrailingZeros();
        return bare.scale() <= 0 ? bare.setScale(0) : bare;
    }
}
