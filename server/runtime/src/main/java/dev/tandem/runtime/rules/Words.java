package dev.tandem.runtime.rules;

import build.buf.validate.FieldRules;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.transcoding.json.EnumNames;
import dev.tandem.transcoding.json.Profile;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is told to who breaks a standard rule: a sentence with the limits in it. */
final class Words {
    static final String MISSING = "Must be given.";

    /** {@code ^[a-z]{1,64}$}: a pattern that says no more than characters and how many. */
    private static final Pattern SIMPLE =
            Pattern.compile("\\^\\[([^\\[\\]\\\\^]+)](?:\\{(\\d+),(\\d+)}|([+*]))\\$");

    /** Kinds whose limits are no numbers or texts. */
    private static final Set<String> THEIRS =
            Set.of("bytes", "any", "duration", "timestamp", "field_mask");

    private Words() {}

    /**
     * The sentence for a rule.
     *
     * @param field the field, or the field of a map's entry that holds its keys or values
     * @param rules those of the value that breaks one
     * @return null where protovalidate's own words are as good
     */
    static @Nullable String of(String id, FieldDescriptor field, FieldRules rules) {
        if (id.equals(Rule.REQUIRED)) {
            return MISSING;
        }
        int dot = id.indexOf('.');
        FieldDescriptor kind =
                dot < 0 ? null : FieldRules.getDescriptor().findFieldByName(id.substring(0, dot));
        if (kind == null || !rules.hasField(kind) || THEIRS.contains(kind.getName())) {
            return null;
        }
        Limits limits = new Limits((Message) rules.getField(kind), field);
        String rule = id.substring(dot + 1);
        return switch (rule) {
            case "len" -> "Must have exactly " + counted(limits.of("len"), "character") + ".";
            case "min_len", "max_len" -> size(limits, rule, "len", "character");
            case "min_bytes", "max_bytes" -> size(limits, rule, "bytes", "byte");
            case "min_items", "max_items" -> size(limits, rule, "items", "item");
            case "min_pairs", "max_pairs" -> size(limits, rule, "pairs", "entry");
            case "pattern" -> pattern(limits.of("pattern"));
            case "prefix" -> "Must begin with " + limits.of("prefix") + ".";
            case "suffix" -> "Must end with " + limits.of("suffix") + ".";
            case "contains" -> "Must contain " + limits.of("contains") + ".";
            case "not_contains" -> "Must not contain " + limits.of("not_contains") + ".";
            case "unique" -> "Items must differ.";
            case "finite" -> "Must be a finite number.";
            case "const" -> "Must be " + limits.of("const") + ".";
            default -> choice(rule, limits);
        };
    }

    private static @Nullable String choice(String rule, Limits limits) {
        return switch (rule) {
            case "in" -> "Must be one of " + String.join(", ", limits.all("in")) + ".";
            case "not_in", "defined_only" -> limits.allowed();
            default -> rule.matches("[gl]te?(_.*)?") ? bounds(rule, limits) : null;
        };
    }

    /** The same about the key of a map. */
    static @Nullable String ofKey(@Nullable String sentence) {
        return sentence == null ? null : sentence.replaceFirst("^Must ", "The key must ");
    }

    private static String size(Limits limits, String rule, String unit, String noun) {
        String least = limits.find("min_" + unit);
        String most = limits.find("max_" + unit);
        if (least != null && most != null && !least.equals("0")) {
            return "Must have " + least + " to " + counted(most, noun) + ".";
        }
        if (rule.startsWith("max")) {
            return "Must have at most " + counted(limits.of(rule), noun) + ".";
        }
        return limits.of(rule).equals("1")
                ? "Must not be empty."
                : "Must have at least " + counted(limits.of(rule), noun) + ".";
    }

    private static String counted(String number, String noun) {
        String many =
                noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
        return number + " " + (number.equals("1") ? noun : many);
    }

    private static String pattern(String quoted) {
        String pattern = quoted.substring(1, quoted.length() - 1);
        Matcher simple = SIMPLE.matcher(pattern);
        if (!simple.matches()) {
            return "Must match the regular expression " + pattern + " of RE2.";
        }
        String characters =
                simple.group(1)
                        .replaceAll("(\\w-\\w)(?=.)", "$1 ")
                        .replaceAll("(?<=[^\\w ])(?=[^\\w ])", " ");
        String repeat = simple.group(4);
        String count =
                repeat == null
                        ? simple.group(2) + " to " + simple.group(3)
                        : repeat.equals("+") ? "one or more" : "any number";
        return "Must be " + count + " of the characters " + characters + ".";
    }

    private static String bounds(String rule, Limits limits) {
        String above = limits.bound("gt", "greater than ", "gte", "at least ");
        String below = limits.bound("lt", "less than ", "lte", "at most ");
        if (rule.endsWith("_exclusive")) {
            return "Must be " + below + " or " + above + ".";
        }
        if (rule.equals("gte_lte")) {
            return "Must be from " + limits.of("gte") + " to " + limits.of("lte") + ".";
        }
        return "Must be "
                + Stream.of(above, below)
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.joining(" and "))
                + ".";
    }

    /** The numbers and texts of one value's rules, as they stand in sentences. */
    private record Limits(Message rules, FieldDescriptor field) {

        /** The limit of a rule that is there. */
        String of(String name) {
            return text(rules.getField(rules.getDescriptorForType().findFieldByName(name)));
        }

        @Nullable String find(String name) {
            FieldDescriptor limit = rules.getDescriptorForType().findFieldByName(name);
            return limit != null && rules.hasField(limit) ? of(name) : null;
        }

        List<String> all(String name) {
            return ((List<?>) rules.getField(rules.getDescriptorForType().findFieldByName(name)))
                    .stream().map(this::text).toList();
        }

        String bound(String open, String openWords, String closed, String closedWords) {
            String limit = find(open);
            if (limit != null) {
                return openWords + limit;
            }
            limit = find(closed);
            return limit == null ? "" : closedWords + limit;
        }

        /** Of an enum it can be told what is allowed, of others what is not. */
        String allowed() {
            if (field.getJavaType() != FieldDescriptor.JavaType.ENUM) {
                return "Must not be " + String.join(" or ", all("not_in")) + ".";
            }
            Set<String> forbidden = new TreeSet<>(all("not_in"));
            return "Must be one of "
                    + EnumNames.offered(field.getEnumType(), Profile.CONTRACT).stream()
                            .map(name -> '"' + name + '"')
                            .filter(name -> !forbidden.contains(name))
                            .collect(Collectors.joining(", "))
                    + ".";
        }

        private String text(Object value) {
            if (field.getJavaType() == FieldDescriptor.JavaType.ENUM
                    && value instanceof Integer number) {
                EnumValueDescriptor named = field.getEnumType().findValueByNumber(number);
                return named == null ? number.toString() : named(named);
            }
            return switch (value) {
                case String text -> '"' + text + '"';
                case Integer number when isUnsigned() -> Integer.toUnsignedString(number);
                case Long number when isUnsigned() -> Long.toUnsignedString(number);
                case Float number -> number(number, number.toString());
                case Double number -> number(number, number.toString());
                default -> value.toString();
            };
        }

        private boolean isUnsigned() {
            return switch (field.getType()) {
                case UINT32, UINT64, FIXED32, FIXED64 -> true;
                default -> false;
            };
        }

        private static String number(double number, String text) {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : text;
        }

        private static String named(EnumValueDescriptor value) {
            return '"' + EnumNames.of(value) + '"';
        }
    }
}
