package dev.tandem.structured.schema;

import java.util.ArrayList;
import java.util.List;

/** The patterns that formats are made of. */
final class Formats {
    private static final String MONTH_OF_31 = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])";
    private static final String MONTH_OF_30 = "(0[469]|11)-(0[1-9]|[12][0-9]|30)";
    private static final String FEBRUARY = "02-(0[1-9]|1[0-9]|2[0-8])";
    private static final String LEAP_IN_CENTURY = "(0[48]|[2468][048]|[13579][26])";
    private static final String LEAP_YEAR =
            "([0-9]{2}" + LEAP_IN_CENTURY + "|([02468][048]|[13579][26])00)";

    static final String DATE =
            "([0-9]{4}-("
                    + MONTH_OF_31
                    + "|"
                    + MONTH_OF_30
                    + "|"
                    + FEBRUARY
                    + ")|"
                    + LEAP_YEAR
                    + "-02-29)";
    private static final String HOUR_MINUTE = "([01][0-9]|2[0-3]):[0-5][0-9]";
    static final String TIME =
            HOUR_MINUTE + ":[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]" + HOUR_MINUTE + ")";

    private static final String TIME_SPAN =
            "T([0-9]{1,9}H([0-9]{1,9}M([0-9]{1,9}S)?)?|[0-9]{1,9}M([0-9]{1,9}S)?|[0-9]{1,9}S)";
    private static final String DAY_SPAN =
            "([0-9]{1,9}Y([0-9]{1,9}M([0-9]{1,9}D)?)?|[0-9]{1,9}M([0-9]{1,9}D)?|[0-9]{1,9}D)";
    static final String DURATION =
            "P(" + DAY_SPAN + "(" + TIME_SPAN + ")?|" + TIME_SPAN + "|[0-9]{1,9}W)";

    static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,29}[A-Za-z0-9])?";
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]";
    static final String EMAIL =
            ATOM + "{1,20}(\\." + ATOM + "{1,20}){0,2}@(" + LABEL + "\\.){1,3}[A-Za-z]{2,20}";
    static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    private static final String UNRESERVED = "[A-Za-z0-9._~!$&'()*+,;=:@-]";
    private static final String ESCAPED = "%[0-9A-Fa-f]{2}";
    private static final String CHARACTER = "(" + UNRESERVED + "|" + ESCAPED + ")";
    private static final String TAIL =
            "(\\?(" + CHARACTER + "|[/?])*)?(#(" + CHARACTER + "|[/?])*)?";
    static final String URI =
            "([A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9._~-]+(:[0-9]{1,5})?(/"
                    + CHARACTER
                    + "*)*"
                    + TAIL
                    + "|(mailto|urn|tel|data|news):"
                    + CHARACTER
                    + "+)";

    private Formats() {}

    /** Eight groups, or fewer around one "::". */
    static String ipv6() {
        String group = "[0-9a-fA-F]{1,4}";
        List<String> forms = new ArrayList<>();
        forms.add(group + "(:" + group + "){7}");
        for (int before = 0; before <= 7; before++) {
            String left = groups(group, before);
            int most = 7 - before;
            String right =
                    most == 0 ? "" : "(" + group + "(:" + group + "){0," + (most - 1) + "})?";
            forms.add(left + "::" + right);
        }
        return String.join("|", forms);
    }

    private static String groups(String group, int count) {
        return switch (count) {
            case 0 -> "";
            case 1 -> group;
            default -> group + "(:" + group + "){" + (count - 1) + "}";
        };
    }
}
