package dev.tandem.transcoding.form;

import java.util.Locale;

/** Media types, as {@code content-type} and {@code accept} have them (RFC 9110, section 8.3.1). */
public final class MediaType {
    private MediaType() {}

    /**
     * What stands before the parameters, in lower case.
     *
     * @param field a header's value; may be empty
     */
    public static String essence(String field) {
        int parameters = field.indexOf(';');
        return (parameters < 0 ? field : field.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
