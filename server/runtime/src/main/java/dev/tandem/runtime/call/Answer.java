package dev.tandem.runtime.call;

import java.util.ArrayList;
import java.util.List;

/**
 * What goes with an answer beside its messages. Headers leave with the first message; trailers, on
 * wires that have them, behind the last. Safe for use by any thread.
 */
public final class Answer {
    /**
     * One header or trailer.
     *
     * @param name in lower case
     * @param value visible ASCII and spaces; base64 where the name ends in {@code -bin}
     */
    public record Field(String name, String value) {}

    private final List<Field> headers = new ArrayList<>(0);
    private final List<Field> trailers = new ArrayList<>(0);
    private volatile int bare; // 0 where the answer has more than headers

    Answer() {}

    /**
     * Adds a header. Has no effect once the first message was sent.
     *
     * @throws IllegalArgumentException where name or value may not stand in a header
     */
    public void header(String name, String value) {
        add(headers, name, value);
    }

    /**
     * Adds a trailer.
     *
     * @throws IllegalArgumentException where name or value may not stand in a trailer
     */
    public void trailer(String name, String value) {
        add(trailers, name, value);
    }

    /**
     * Says at the first door that the headers are the whole answer: nothing else is asked or run.
     * For plain HTTP requests only.
     */
    public void bare(int httpStatus) {
        bare = httpStatus;
    }

    /** The HTTP status of an answer that is its headers; 0 where it is more. */
    public int bare() {
        return bare;
    }

    /** The headers so far, in order. */
    public List<Field> headers() {
        synchronized (headers) {
            return List.copyOf(headers);
        }
    }

    /** The trailers so far, in order. */
    public List<Field> trailers() {
        synchronized (trailers) {
            return List.copyOf(trailers);
        }
    }

    private static void add(List<Field> fields, String name, String value) {
        if (name.isEmpty() || !isToken(name)) {
            throw new IllegalArgumentException("not a header name in lower case: " + name);
        }
        if (!isVisible(value)) {
            throw new IllegalArgumentException(
                    "the value of " + name + " has more than visible ASCII and spaces: encode it");
        }
        synchronized (fields) {
            fields.add(new Field(name, value));
        }
    }

    private static boolean isVisible(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c >= 127) {
                return false;
            }
        }
        return true;
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!letter && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }
}
