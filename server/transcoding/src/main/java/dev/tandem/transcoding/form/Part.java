package dev.tandem.transcoding.form;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One part of a multipart form.
 *
 * @param name of the field that it fills
 * @param filename without folders, perhaps empty; null where the part is no file
 * @param contentType as it was sent; empty where none was
 * @param content as it was sent
 */
public record Part(String name, @Nullable String filename, String contentType, ByteString content) {

    /** Does it come from a form's field for files? */
    public boolean isFile() {
        return filename != null;
    }

    /** What browsers send for a field for files in which none was chosen. */
    boolean isNoFile() {
        return isFile() && "".equals(filename) && content.isEmpty();
    }
}
