package dev.tandem.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 text, byte by byte, so that nothing is read ahead. */
final class Lines {
    private Lines() {}

    /** The next line without its end ({@code \n} or {@code \r\n}). */
    static String next(InputStream in) throws IOException {
        String line = nextOrEnd(in);
        if (line == null) {
            throw new EOFException("the server closed the connection");
        }
        return line;
    }

    /** The next line, or null where the input ended before its first byte. */
    static @Nullable String nextOrEnd(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
