package dev.tandem.transcoding.openapi;

import build.buf.validate.BytesRules;
import java.util.List;

/** The rules of bytes: lengths, counted in characters of base64. */
final class ByteLengths {
    private final BytesRules rules;

    ByteLengths(BytesRules rules) {
        this.rules = rules;
    }

    /**
     * Adds what the rules say to a schema.
     *
     * @param words takes what a schema cannot say
     */
    void addTo(Node schema, List<String> words) {
        if (rules.hasLen()) {
            words.add("Exactly " + rules.getLen() + " bytes.");
            bounds(schema, rules.getLen(), rules.getLen());
        }
        if (rules.hasMinLen() && rules.hasMaxLen()) {
            words.add(rules.getMinLen() + " to " + rules.getMaxLen() + " bytes.");
            bounds(schema, rules.getMinLen(), rules.getMaxLen());
        } else if (rules.hasMinLen()) {
            words.add("At least " + rules.getMinLen() + " bytes.");
            schema.put("minLength", unpadded(rules.getMinLen()));
        } else if (rules.hasMaxLen()) {
            words.add("At most " + rules.getMaxLen() + " bytes.");
            schema.put("maxLength", padded(rules.getMaxLen()));
        }
    }

    boolean allowEmpty() {
        return rules.getMinLen() == 0
                && rules.getLen() == 0
                && rules.getConst().isEmpty()
                && rules.getPrefix().isEmpty()
                && rules.getSuffix().isEmpty()
                && rules.getContains().isEmpty()
                && rules.getWellKnownCase() == BytesRules.WellKnownCase.WELLKNOWN_NOT_SET
                && rules.getInList().stream().allMatch(each -> each.isEmpty());
    }

    private static void bounds(Node schema, long least, long most) {
        schema.put("minLength", unpadded(least)).put("maxLength", padded(most));
    }

    private static long unpadded(long bytes) {
        return (bytes * 4 + 2) / 3;
    }

    private static long padded(long bytes) {
        return (bytes + 2) / 3 * 4;
    }
}
