package dev.tandem.transcoding.form;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The media type of a form. */
public sealed interface FormType {
    /** {@code application/x-www-form-urlencoded}. */
    String URL_ENCODED = "application/x-www-form-urlencoded";

    /** {@code multipart/form-data}. */
    String MULTIPART = "multipart/form-data";

    /** Names and values as in a query. */
    record UrlEncoded() implements FormType {}

    /**
     * Parts, of which each may be a file.
     *
     * @param boundary what stands between them, without the hyphens in front
     */
    record Multipart(String boundary) implements FormType {
        /** RFC 2046, section 5.1.1. */
        private static final Pattern BOUNDARY =
                Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

        /**
         * @throws FormException where there is no boundary, or one that is none
         */
        static Multipart of(Map<String, String> parameters) throws FormException {
            String boundary = parameters.getOrDefault("boundary", "");
            if (!BOUNDARY.matcher(boundary).matches()) {
                throw new FormException(
                        "The content-type must name the boundary of the parts: 1 to 70 letters,"
                                + " digits and some marks (RFC 2046, section 5.1.1).");
            }
            return new Multipart(boundary);
        }
    }

    /**
     * What a content type says of the form; empty where it is none, or one in another charset than
     * UTF-8.
     *
     * @throws FormException where it is one and cannot be read
     */
    static Optional<FormType> of(String contentType) throws FormException {
        String essence = MediaType.essence(contentType);
        if (!essence.equals(URL_ENCODED) && !essence.equals(MULTIPART)) {
            return Optional.empty();
        }
        Map<String, String> parameters = Fields.of("content-type", contentType).parameters();
        if (!parameters.getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8")) {
            return Optional.empty();
        }
        return Optional.of(
                essence.equals(URL_ENCODED) ? new UrlEncoded() : Multipart.of(parameters));
    }
}
