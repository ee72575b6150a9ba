package dev.tandem.transcoding.form;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a multipart body apart (RFC 2046, section 5.1.1; RFC 7578). Strict: whatever two readers
 * could understand differently is refused.
 */
public final class MultipartForm {
    /** The most parts of a body. */
    public static final int MOST_PARTS = 1000;

    /** The most bytes of a part's headers. */
    public static final int LONGEST_HEAD = 8 << 10;

    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private final byte[] body;
    private final byte[] delimiter; // with the line end before it
    private final List<Part> parts = new ArrayList<>();

    private MultipartForm(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The parts, in order; without those that stand for a file that was not chosen.
     *
     * @param body must not change any more: the parts are views of it
     * @throws FormException where it is no such form, or one with too many parts
     */
    public static List<Part> parse(byte[] body, FormType.Multipart type) throws FormException {
        MultipartForm form = new MultipartForm(body, type.boundary());
        form.read();
        return List.copyOf(form.parts);
    }

    private void read() throws FormException {
        int at = begin();
        for (int number = 1; !isLast(at); number++) {
            if (number > MOST_PARTS) {
                throw new FormException("The form has more than " + MOST_PARTS + " parts.");
            }
            at = part(number, lineEnd(at));
        }
    }

    /** Behind the first boundary. What stands before it is for readers of e-mail. */
    private int begin() throws FormException {
        if (matches(0, 2)) {
            return delimiter.length - 2;
        }
        int first = find(delimiter, 0, body.length);
        if (first < 0) {
            throw new FormException(
                    "The body does not have the boundary that its content-type names.");
        }
        return first + delimiter.length;
    }

    /** Is the delimiter here, but for its first bytes? */
    private boolean matches(int at, int skipped) {
        int length = delimiter.length - skipped;
        if (at + length > body.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (body[at + i] != delimiter[skipped + i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isLast(int at) throws FormException {
        if (at + 1 >= body.length || body[at] != '-' || body[at + 1] != '-') {
            return false;
        }
        if (blanksEnd(at + 2) < body.length) {
            lineEnd(at + 2);
        }
        return true;
    }

    private int blanksEnd(int at) {
        int end = at;
        while (end < body.length && (body[end] == ' ' || body[end] == '\t')) {
            end++;
        }
        return end;
    }

    /** Behind the line of a boundary, which may end with blanks. */
    private int lineEnd(int at) throws FormException {
        int end = blanksEnd(at);
        if (end + 1 >= body.length) {
            throw unfinished();
        }
        if (body[end] != '\r' || body[end + 1] != '\n') {
            throw new FormException(
                    "A line begins with the boundary and goes on; choose a boundary that stands"
                            + " nowhere in the parts.");
        }
        return end + 2;
    }

    /**
     * @param at its first header
     * @return behind the boundary that ends it
     */
    private int part(int number, int at) throws FormException {
        boolean bare = matches(at - 2, 0); // an empty part: not even an empty line
        int most = Math.min(body.length, at + LONGEST_HEAD);
        int empty = bare ? -1 : find(HEAD_END, at - 2, most);
        if (empty < 0) {
            throw new FormException(
                    "The headers of part "
                            + number
                            + (most < body.length && !bare
                                    ? " are longer than " + LONGEST_HEAD + " bytes."
                                    : " are missing, or do not end with an empty line."));
        }
        PartHead head = PartHead.of(number, body, at, Math.max(at, empty));
        int content = empty + HEAD_END.length;
        int end = find(delimiter, content - 2, body.length);
        if (end < 0) {
            throw unfinished();
        }
        int length = Math.max(0, end - content); // an empty one shares its line end
        ByteString bytes = UnsafeByteOperations.unsafeWrap(body, content, length);
        Part part = new Part(head.name(), head.filename(), head.contentType(), bytes);
        if (!part.isNoFile()) {
            parts.add(part);
        }
        return end + delimiter.length;
    }

    private int find(byte[] what, int from, int to) {
        int last = to - what.length;
        for (int at = from; at <= last; at++) {
            int i = 0;
            while (i < what.length && body[at + i] == what[i]) {
                i++;
            }
            if (i == what.length) {
                return at;
            }
        }
        return -1;
    }

    private static FormException unfinished() {
        return new FormException(
                "The body ends without the boundary and two hyphens that end a form; a part of it"
                        + " is missing.");
    }
}
