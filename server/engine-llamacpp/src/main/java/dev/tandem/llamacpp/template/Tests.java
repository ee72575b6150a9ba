package dev.tandem.llamacpp.template;

import dev.tandem.llamacpp.template.Comparison.Operator;
import java.util.Map;

/** {@code value is name(arguments)}. */
final class Tests {
    private static final Map<String, Operator> COMPARISONS =
            Map.ofEntries(
                    Map.entry("in", Operator.IN),
                    Map.entry("eq", Operator.EQUAL),
                    Map.entry("equalto", Operator.EQUAL),
                    Map.entry("==", Operator.EQUAL),
                    Map.entry("sameas", Operator.EQUAL),
                    Map.entry("ne", Operator.UNEQUAL),
                    Map.entry("!=", Operator.UNEQUAL),
                    Map.entry("lt", Operator.LESS),
                    Map.entry("lessthan", Operator.LESS),
                    Map.entry("<", Operator.LESS),
                    Map.entry("gt", Operator.GREATER),
                    Map.entry("greaterthan", Operator.GREATER),
                    Map.entry(">", Operator.GREATER),
                    Map.entry("le", Operator.AT_MOST),
                    Map.entry("<=", Operator.AT_MOST),
                    Map.entry("ge", Operator.AT_LEAST),
                    Map.entry(">=", Operator.AT_LEAST));

    private Tests() {}

    static boolean holds(Budget budget, String name, Value value, Arguments arguments) {
        Operator comparison = COMPARISONS.get(name);
        if (comparison != null) {
            return comparison.holds(budget, value, arguments.required(0, "other"));
        }
        return switch (name) {
            case "defined" -> !(value instanceof Value.Undefined);
            case "undefined" -> value instanceof Value.Undefined;
            case "none" -> value == Value.None.NONE;
            case "true" -> value == Value.Bool.TRUE;
            case "false" -> value == Value.Bool.FALSE;
            case "boolean" -> value instanceof Value.Bool;
            case "string" -> value instanceof Text;
            case "mapping" -> value instanceof Dict;
            case "iterable", "sequence" -> isSequence(value);
            case "callable" -> value instanceof Callable;
            case "number" -> Num.from(value) != null;
            case "integer" -> value instanceof Num number && !number.isFloat();
            case "float" -> value instanceof Num number && number.isFloat();
            case "odd" -> Math.floorMod(Num.index(value), 2) == 1;
            case "even" -> Math.floorMod(Num.index(value), 2) == 0;
            case "divisibleby" ->
                    isDivisible(Num.index(value), Num.index(arguments.required(0, "num")));
            case "upper" -> TextMethods.isUpper(budget, Printer.print(budget, value));
            case "lower" -> TextMethods.isLower(budget, Printer.print(budget, value));
            case "filter" -> Filters.find(value.toString()) != null;
            default -> throw TemplateException.runtime("no test is named '" + name + "'");
        };
    }

    private static boolean isSequence(Value value) {
        return value instanceof Text
                || value instanceof Seq
                || value instanceof Dict
                || value instanceof Value.Undefined;
    }

    private static boolean isDivisible(long value, long divisor) {
        if (divisor == 0) {
            throw TemplateException.runtime("division by zero");
        }
        return value % divisor == 0;
    }
}
