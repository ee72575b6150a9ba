package dev.tandem.transcoding.route;

import dev.tandem.transcoding.form.FormException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A body of {@code application/x-www-form-urlencoded}: a query, but longer. */
public final class UrlEncodedForm {
    /** The most fields of a body. */
    public static final int MOST_FIELDS = 1000;

    private UrlEncodedForm() {}

    /**
     * Names and values, decoded, in order.
     *
     * @throws FormException where it cannot be decoded, or has too many fields
     */
    public static Map<String, List<String>> parse(byte[] body) throws FormException {
        int separators = 0;
        for (byte each : body) {
            separators += each == '&' ? 1 : 0;
        }
        if (separators >= MOST_FIELDS) {
            throw new FormException("The form has more than " + MOST_FIELDS + " fields.");
        }
        try {
            return QueryString.parse(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (ParameterException | CharacterCodingException e) {
            throw new FormException("The form cannot be read: it must be percent-encoded UTF-8.");
        }
    }
}
