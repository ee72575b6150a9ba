package dev.tandem.transcoding.form;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a part (RFC 7578, sections 4.2 to 4.8).
 *
 * @param name of the field
 * @param filename without folders; null where the part is no file
 * @param contentType as it was sent; empty where none was
 */
record PartHead(String name, @Nullable String filename, String contentType) {
    private static final String DISPOSITION = "content-disposition";
    private static final Pattern NAME = Pattern.compile("[A-Za-z][!#$%&'*+.^_`|~0-9A-Za-z-]*");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+\\s*(;.*)?");
    private static final Set<String> AS_THEY_ARE = Set.of("7bit", "8bit", "binary");

    /**
     * Reads the headers.
     *
     * @param part which of the body's, from 1, for errors
     * @param from where the first line begins; each has its end
     */
    static PartHead of(int part, byte[] body, int from, int to) throws FormException {
        Map<String, String> headers = new HashMap<>();
        for (String line : text(part, body, from, to).split("\r\n", -1)) {
            if (!line.isEmpty()) {
                add(part, line, headers);
            }
        }
        String encoding = headers.getOrDefault("content-transfer-encoding", "binary");
        if (!AS_THEY_ARE.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw new FormException(
                    at(part) + "is encoded; send it as it is (RFC 7578, section 4.7).");
        }
        String type = headers.getOrDefault("content-type", "");
        if (!type.isEmpty() && !MEDIA_TYPE.matcher(type).matches()) {
            throw new FormException(at(part) + "has a content-type that is none.");
        }
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw new FormException(
                    at(part)
                            + "has parts of its own; send each file as a part of the field's name"
                            + " (RFC 7578, section 4.3).");
        }
        return disposed(part, headers, type);
    }

    private static PartHead disposed(int part, Map<String, String> headers, String type)
            throws FormException {
        String text = headers.get(DISPOSITION);
        if (text == null) {
            throw new FormException(at(part) + "has no content-disposition.");
        }
        Fields disposition = Fields.of(DISPOSITION, text);
        Map<String, String> parameters = disposition.parameters();
        String name = parameters.get("name");
        if (!disposition.value().equals("form-data") || name == null) {
            throw new FormException(
                    at(part)
                            + "must say whose it is: content-disposition: form-data; name=\"field\".");
        }
        if (parameters.containsKey("filename*")) {
            throw new FormException(
                    at(part) + "has filename*; send filename in UTF-8 (RFC 7578, section 4.2).");
        }
        String filename = parameters.get("filename");
        return new PartHead(
                quotesBack(name), filename == null ? null : last(quotesBack(filename)), type);
    }

    private static void add(int part, String line, Map<String, String> headers)
            throws FormException {
        int colon = line.indexOf(':');
        if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
            throw new FormException(at(part) + "has a line that is no header.");
        }
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        if (headers.putIfAbsent(name, line.substring(colon + 1).strip()) != null) {
            throw new FormException(at(part) + "has the header " + name + " twice.");
        }
    }

    private static String text(int part, byte[] body, int from, int to) throws FormException {
        String text;
        try {
            text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body, from, to - from))
                            .toString();
        } catch (CharacterCodingException e) {
            throw new FormException(at(part) + "has headers that are no UTF-8.");
        }
        String lines = text.replace("\r\n", "");
        if (lines.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            throw new FormException(at(part) + "has control characters in its headers.");
        }
        return text;
    }

    /** Browsers write a quote as {@code %22}, and leave other percent signs as they are. */
    private static String quotesBack(String text) {
        return text.replace("%22", "\"");
    }

    /** Old browsers send the whole path, as do callers who would like to choose a folder here. */
    private static String last(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return name.equals(".") || name.equals("..") ? "" : name;
    }

    private static String at(int part) {
        return "Part " + part + " of the form ";
    }
}
