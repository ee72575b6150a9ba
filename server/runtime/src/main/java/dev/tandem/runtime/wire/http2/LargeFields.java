package dev.tandem.runtime.wire.http2;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * Fields of an answer that are larger than the table of HPACK. Helidon 4.5.0 never returns where it
 * is to keep one there; marked as changing, they are written out. To be deleted when {@code
 * Http2Headers.DynamicTable.add} empties the table instead (RFC 7541, section 4.4).
 */
final class LargeFields {
    /** Bytes that a field counts in the table beside its texts (RFC 7541, section 4.1). */
    private static final int OVERHEAD = 32;

    private LargeFields() {}

    static void keepOutOfTable(WritableHeaders<?> headers) {
        List<Header> large = null;
        for (Header header : headers) {
            if (!header.changing() && size(header) > HeaderTable.LIMIT) {
                large = large == null ? new ArrayList<>() : large;
                large.add(header);
            }
        }
        if (large != null) {
            large.forEach(header -> headers.set(changing(header)));
        }
    }

    private static int size(Header header) {
        return header.headerName().lowerCase().length() + header.values().length() + OVERHEAD;
    }

    private static Header changing(Header header) {
        return HeaderValues.create(
                header.headerName(),
                true,
                header.sensitive(),
                header.allValues().toArray(String[]::new));
    }
}
