package dev.tandem.runtime.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468); text between them is passed over. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private Pem() {}

    /**
     * One block.
     *
     * @param label what stands behind BEGIN
     * @param encrypted whether the password of its headers is needed to read it
     * @param der what it holds
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Block(String label, boolean encrypted, byte[] der) {
        boolean privateKey() {
            return label.endsWith("PRIVATE KEY");
        }
    }

    /**
     * All blocks of a file.
     *
     * @param file for messages
     */
    static List<Block> blocks(Path file, byte[] content) throws TlsException {
        Matcher matcher = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            String label = matcher.group(1);
            String body = matcher.group(2);
            boolean encrypted = label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED");
            blocks.add(
                    new Block(
                            label,
                            encrypted,
                            encrypted ? new byte[0] : decoded(file, label, body)));
        }
        return blocks;
    }

    private static byte[] decoded(Path file, String label, String body) throws TlsException {
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw damaged(file, label);
        }
    }

    /** Without the cause: its message might show what is in the file. */
    static TlsException damaged(Path file, String label) {
        return new TlsException(
                file + ": a block " + label + " is damaged; write the file anew from its source.");
    }
}
