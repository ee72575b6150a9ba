package dev.tandem.runtime.wire.envelope;

import io.helidon.http.HeaderName;
import io.helidon.http.Headers;
import java.util.Locale;
import java.util.regex.Pattern;

/** The encodings of messages: gzip and none. */
public final class Encodings {
    /** The name of gzip. */
    public static final String GZIP = "gzip";

    /** The name of none. */
    public static final String IDENTITY = "identity";

    private static final Pattern UNWANTED = Pattern.compile(";\\s*q\\s*=\\s*0(\\.0*)?\\s*(;|$)");

    private Encodings() {}

    /** Is this an encoding that requests may have? */
    public static boolean known(String name) {
        return name.equals(IDENTITY) || name.equals(GZIP);
    }

    /**
     * Does a client take gzip?
     *
     * @param name of the header in which it says so
     */
    public static boolean acceptsGzip(Headers headers, HeaderName name) {
        if (!headers.contains(name)) {
            return false;
        }
        for (String value : headers.get(name).allValues()) {
            for (String range : value.split(",", -1)) {
                String wanted = range.strip().toLowerCase(Locale.ROOT);
                boolean gzip = wanted.equals(GZIP) || wanted.startsWith(GZIP + ";");
                if (gzip && !UNWANTED.matcher(wanted).find()) {
                    return true;
                }
            }
        }
        return false;
    }
}
