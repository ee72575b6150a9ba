package dev.tandem.runtime.wire.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * The bytes of a document as they are sent. Forms that differ in a byte differ in their tag, as RFC
 * 9110, section 8.8.3, asks of strong ones.
 */
final class Form {
    private static final int TAG_BYTES = 16;

    private final String encoding;
    private final byte[] bytes;
    private final String tag;

    private Form(String encoding, byte[] bytes, String tag) {
        this.encoding = encoding;
        this.bytes = bytes;
        this.tag = tag;
    }

    /** The content coding, or empty for none. */
    String encoding() {
        return encoding;
    }

    /** Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** A strong entity tag, with its quotes. */
    String tag() {
        return tag;
    }

    static Form plain(byte[] bytes) {
        return new Form("", bytes, "\"" + digest(bytes) + "\"");
    }

    /** The same document compressed; itself where that makes it no smaller. */
    Form compressed() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        String gzipTag = tag.substring(0, tag.length() - 1) + "-gzip\"";
        return packed.size() < bytes.length
                ? new Form("gzip", packed.toByteArray(), gzipTag)
                : this;
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
