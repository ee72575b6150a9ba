package dev.tandem.runtime.wire.rest;

import dev.tandem.transcoding.form.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The media types of requests and what clients accept (RFC 9110, sections 8.3 and 12.5.1). */
final class MediaTypes {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUALITY =
            Pattern.compile(
                    ";\\s*q\\s*=\\s*([01](\\.\\d{0,3})?|\\.\\d{1,3})", Pattern.CASE_INSENSITIVE);

    private MediaTypes() {}

    /** Is a body of this type JSON in UTF-8? */
    static boolean isJson(String contentType) {
        Matcher charset = CHARSET.matcher(contentType);
        boolean utf8 = !charset.find() || charset.group(1).equalsIgnoreCase("utf-8");
        return utf8 && MediaType.essence(contentType).equals("application/json");
    }

    /**
     * Does the client take one of these types? Without the header it takes everything.
     *
     * @param accept the values of the Accept header
     */
    static boolean accepts(List<String> accept, List<String> types) {
        List<String> ranges = ranges(accept);
        return ranges.isEmpty() || types.stream().anyMatch(type -> rank(ranges, type) > 0);
    }

    /**
     * Does the client want lines of JSON rather than events?
     *
     * @param accept the values of the Accept header
     */
    static boolean prefersLines(List<String> accept) {
        List<String> ranges = ranges(accept);
        return rank(ranges, "application/x-ndjson") > rank(ranges, "text/event-stream");
    }

    private static List<String> ranges(List<String> accept) {
        List<String> ranges = new ArrayList<>();
        for (String value : accept) {
            for (String range : value.split(",", -1)) {
                if (!range.isBlank()) {
                    ranges.add(range);
                }
            }
        }
        return ranges;
    }

    /** The quality of the most exact range for a type; an exact one counts a little more. */
    private static double rank(List<String> ranges, String type) {
        String family = type.substring(0, type.indexOf('/')) + "/*";
        double best = 0;
        int exactness = 0;
        for (String range : ranges) {
            String essence = MediaType.essence(range);
            int exact =
                    essence.equals(type)
                            ? 3
                            : essence.equals(family) ? 2 : isEvery(essence) ? 1 : 0;
            if (exact > exactness) {
                exactness = exact;
                best = quality(range);
            }
        }
        return best == 0 ? 0 : best + exactness * 1e-4;
    }

    /** Java's HttpURLConnection sends a lone asterisk. */
    private static boolean isEvery(String essence) {
        return essence.equals("*/*") || essence.equals("*");
    }

    /** From 0, not wanted, to 1. */
    static double quality(String range) {
        Matcher matcher = QUALITY.matcher(range);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 1;
    }
}
