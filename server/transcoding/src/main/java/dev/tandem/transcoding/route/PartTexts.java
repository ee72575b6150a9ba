package dev.tandem.transcoding.route;

import dev.tandem.transcoding.form.Part;
import dev.tandem.transcoding.json.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of a form's parts that are no files. */
final class PartTexts {
    /** What browsers fill with the name of the form's charset (RFC 7578, section 4.6). */
    private static final String CHARSET_FIELD = "_charset_";

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

    private PartTexts() {}

    /**
     * The values of one name; empty where something is wrong.
     *
     * @param wrong takes what is wrong
     */
    static Optional<List<String>> of(String name, List<Part> parts, Consumer<Violation> wrong) {
        List<String> texts = new ArrayList<>(parts.size());
        for (Part part : parts) {
            if (part.isFile()) {
                wrong.accept(
                        new Violation(
                                Parameters.shortened(name),
                                "type",
                                "Takes no file; send it as text, without filename."));
                return Optional.empty();
            }
            if (!isUtf8(part.contentType()) || !part.content().isValidUtf8()) {
                wrong.accept(
                        new Violation(Parameters.shortened(name), "unicode", "Must be UTF-8."));
                return Optional.empty();
            }
            texts.add(part.content().toStringUtf8());
        }
        return Optional.of(texts);
    }

    /** Is it no field of the request, but a word of the browser's own: that the form is UTF-8? */
    static boolean isOfBrowser(String name, List<Part> parts) {
        return name.equals(CHARSET_FIELD)
                && parts.stream()
                        .allMatch(part -> part.content().toStringUtf8().equalsIgnoreCase("utf-8"));
    }

    private static boolean isUtf8(String contentType) {
        Matcher charset = CHARSET.matcher(contentType);
        if (!charset.find()) {
            return true;
        }
        String name = charset.group(1).toLowerCase(Locale.ROOT);
        return name.equals("utf-8") || name.equals("us-ascii");
    }
}
