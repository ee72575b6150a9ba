package dev.tandem.runtime.wire.docs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list of entity tags in {@code If-None-Match} (RFC 9110, section 13.1.2). */
final class EntityTags {
    /** An entity tag (section 8.8.3), whose quoted part is the group. */
    private static final Pattern TAG =
            Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

    private EntityTags() {}

    /**
     * Does the client have this form already? Compared weakly, as the section demands.
     *
     * @param values the values of the header
     * @param tag of the form that would be sent, a strong one
     */
    static boolean match(List<String> values, String tag) {
        for (String value : values) {
            if (value.strip().equals("*")) {
                return true;
            }
            Matcher tags = TAG.matcher(value); // tags may contain commas: no splitting
            while (tags.find()) {
                if (tag.equals(tags.group(1))) {
                    return true;
                }
            }
        }
        return false;
    }
}
