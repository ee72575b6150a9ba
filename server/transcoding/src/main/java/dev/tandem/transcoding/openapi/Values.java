package dev.tandem.transcoding.openapi;

import build.buf.validate.BytesRules;
import build.buf.validate.StringRules;
import dev.tandem.transcoding.json.Shape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Schemas of values: what the codec takes or gives, within the rules where they are checked. */
final class Values {
    private static final String BASE64 =
            "^(?:[A-Za-z0-9+/_-]{4})*(?:[A-Za-z0-9+/_-]{2}(?:==)?|[A-Za-z0-9+/_-]{3}=?)?$";

    /** Shorter than the longest, to be said by a pattern: some 3,000 years. */
    private static final String DURATION = "^-?[0-9]{1,11}(\\.[0-9]{1,9})?s$";

    private static final String ANY_DURATION = "^-?[0-9]{1,12}(\\.[0-9]{1,9})?s$";
    private static final List<String> NOT_FINITE = List.of("NaN", "Infinity", "-Infinity");
    private static final BigInteger TWO = BigInteger.TWO;

    private final Function<Shape.Nested, Node> messages;
    private final Choices choices;
    private final Direction direction;
    private final boolean canonical;

    /**
     * @param messages refers to the schema of a message
     */
    Values(
            Function<Shape.Nested, Node> messages,
            Comments comments,
            Direction direction,
            boolean canonical) {
        this.messages = messages;
        this.choices = new Choices(comments, direction);
        this.direction = direction;
        this.canonical = canonical;
    }

    /**
     * The schema of a value that is there.
     *
     * @param declared its rules; they count for what is read only
     * @param words takes what a schema cannot say
     */
    Node of(Shape shape, Rules declared, List<String> words) {
        Rules rules = reads() ? declared : Rules.NONE;
        words.addAll(rules.words());
        return switch (shape) {
            case Shape.Whole whole -> zero(whole(whole, rules, words), rules, BigDecimal.ZERO);
            case Shape.Real real -> zero(real(real, rules), rules, BigDecimal.ZERO);
            case Shape.Flag() -> flag(rules);
            case Shape.Text() -> text(rules, words);
            case Shape.Bytes() -> bytes(rules, words);
            case Shape.JsonText() -> new Node();
            case Shape.Choice choice -> choices.of(choice, rules, words);
            case Shape.Many many -> many(many, rules, words);
            case Shape.MapOf map -> map(map, rules, words);
            case Shape.Wrapped(var type, Shape value) -> of(value, declared, words);
            case Shape.WellKnown(var kind) -> wellKnown(kind);
            case Shape.Nested nested -> messages.apply(nested);
        };
    }

    private boolean reads() {
        return direction == Direction.READ;
    }

    private Node whole(Shape.Whole whole, Rules rules, List<String> words) {
        String format = (whole.unsigned() ? "uint" : "int") + whole.bits();
        if (!reads()) {
            String digits = whole.unsigned() ? "^[0-9]+$" : "^-?[0-9]+$";
            return whole.quoted()
                    ? Node.of("type", "string").put("format", format).put("pattern", digits)
                    : Node.of("type", "integer").put("format", format);
        }
        Node number = Node.of("type", "integer").put("format", format);
        int bits = whole.bits() - (whole.unsigned() ? 0 : 1);
        BigInteger most = TWO.pow(bits).subtract(BigInteger.ONE);
        BigInteger least = whole.unsigned() ? BigInteger.ZERO : TWO.pow(bits).negate();
        number.put("minimum", new BigDecimal(least)).put("maximum", new BigDecimal(most));
        numberRules(rules).ifPresent(each -> each.addTo(number));
        if (!whole.quotable()) {
            return number;
        }
        if (!rules.isEmpty()) {
            words.add("A string with the number is read, too.");
            return number;
        }
        // what has more digits is read as far as it fits the type
        int digits = whole.bits() == 64 ? 17 : 8;
        String sign = whole.unsigned() ? "^" : "^-?";
        Node text =
                Node.of("type", "string")
                        .put("pattern", sign + "(0|[1-9][0-9]{0," + digits + "})$");
        return new Node()
                .putNodes("anyOf", whole.quoted() ? List.of(text, number) : List.of(number, text));
    }

    private Node real(Shape.Real real, Rules rules) {
        Node number =
                Node.of("type", "number").put("format", real.bits() == 32 ? "float" : "double");
        if (!reads()) {
            return canonical
                    ? new Node()
                            .putNodes(
                                    "anyOf",
                                    List.of(number, new Node().putStrings("enum", NOT_FINITE)))
                    : number;
        }
        if (real.bits() == 32) {
            BigDecimal most = new BigDecimal(Float.toString(Float.MAX_VALUE));
            number.put("minimum", most.negate()).put("maximum", most);
        }
        Optional<NumberRules> own = numberRules(rules);
        own.ifPresent(each -> each.addTo(number));
        List<Node> forms = new ArrayList<>(List.of(number));
        List<String> specials = own.map(NumberRules::specials).orElse(NOT_FINITE);
        if (!specials.isEmpty()) {
            forms.add(new Node().putStrings("enum", specials));
        }
        if (real.quotable() && rules.isEmpty()) {
            forms.add(
                    Node.of("type", "string")
                            .put("pattern", "^-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?$"));
        }
        return forms.size() == 1 ? number : new Node().putNodes("anyOf", forms);
    }

    private static Optional<NumberRules> numberRules(Rules rules) {
        return rules.typed().map(NumberRules::new);
    }

    private Node flag(Rules rules) {
        Node flag = Node.of("type", "boolean");
        if (rules.all().getBool().hasConst()) {
            flag.put("const", rules.all().getBool().getConst());
        }
        return flag;
    }

    private Node text(Rules rules, List<String> words) {
        Node text = Node.of("type", "string");
        if (rules.typed().orElse(null) instanceof StringRules strings) {
            new TextRules(strings).addTo(text, words);
        }
        return rules.zeroIsFine() && text.size() > 1
                ? new Node().putNodes("anyOf", List.of(text, Node.of("const", "")))
                : text;
    }

    private Node bytes(Rules rules, List<String> words) {
        Node bytes = Node.of("type", "string").put("contentEncoding", "base64");
        if (reads()) {
            bytes.put("pattern", BASE64);
            if (rules.typed().orElse(null) instanceof BytesRules declared) {
                new ByteLengths(declared).addTo(bytes, words);
            }
        }
        return bytes;
    }

    private Node many(Shape.Many many, Rules rules, List<String> words) {
        Node element = of(many.element(), rules.items(), words);
        Node items =
                many.nulls() && mayBeNothing(many.element())
                        ? Nulls.allowed(copy(element))
                        : element;
        Node list = Node.of("type", "array").put("items", items);
        var limits = rules.all().getRepeated();
        if (limits.hasMinItems()) {
            list.put("minItems", limits.getMinItems());
        }
        if (limits.hasMaxItems()) {
            list.put("maxItems", limits.getMaxItems());
        }
        if (limits.getUnique()) {
            list.put("uniqueItems", true);
        }
        boolean bare = many.single() && limits.getMinItems() <= 1;
        return bare ? new Node().putNodes("anyOf", List.of(element, list)) : list;
    }

    /** May it stand in a list with nothing set, as null? */
    private static boolean mayBeNothing(Shape element) {
        return !(element instanceof Shape.Nested nested) || Presence.mayBeEmpty(nested.type());
    }

    private static Node copy(Node node) {
        return Node.from(node.json());
    }

    private Node map(Shape.MapOf map, Rules rules, List<String> words) {
        Node object =
                Node.of("type", "object")
                        .put("additionalProperties", mapValue(map, rules.values(), words));
        Node names = MapNames.of(map.key(), reads() ? rules.keys() : Rules.NONE, words);
        if (!names.isEmpty()) {
            object.put("propertyNames", names);
        }
        var limits = rules.all().getMap();
        if (limits.hasMinPairs()) {
            object.put("minProperties", limits.getMinPairs());
        }
        if (limits.hasMaxPairs()) {
            object.put("maxProperties", limits.getMaxPairs());
        }
        return object;
    }

    private Node mapValue(Shape.MapOf map, Rules rules, List<String> words) {
        Node value = of(map.value(), rules, words);
        return map.nulls() && reads() && mayBeNothing(map.value()) ? Nulls.allowed(value) : value;
    }

    private Node wellKnown(Shape.WellKnown.Kind kind) {
        return switch (kind) {
            case TIMESTAMP -> Node.of("type", "string").put("format", "date-time");
            case DURATION ->
                    Node.of("type", "string").put("pattern", reads() ? DURATION : ANY_DURATION);
            case FIELD_MASK ->
                    reads()
                            ? Node.of("type", "string").put("pattern", "^[^_]*$")
                            : Node.of("type", "string");
            case STRUCT -> Node.of("type", "object");
            case VALUE -> new Node();
            case LIST -> Node.of("type", "array");
            case ANY ->
                    Node.of("type", "object")
                            .put("properties", new Node().put("@type", Node.of("type", "string")));
        };
    }

    /** Where the type's zero passes whatever the rules say. */
    private static Node zero(Node ruled, Rules rules, BigDecimal zero) {
        return rules.zeroIsFine()
                ? new Node().putNodes("anyOf", List.of(ruled, new Node().put("const", zero)))
                : ruled;
    }
}
