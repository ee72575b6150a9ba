package dev.tandem.runtime.wire.http2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of header fields that a client's HPACK refers to: the static part and what the client
 * added, newest first (RFC 7541, section 2.3).
 */
final class HeaderTable {
    /** What we allow, as SETTINGS_HEADER_TABLE_SIZE has it when it is not sent. In bytes. */
    static final int LIMIT = 4096;

    /** Bytes that an entry counts beside its texts (RFC 7541, section 4.1). */
    private static final int OVERHEAD = 32;

    // RFC 7541, appendix A
    private static final String STATIC =
            ":authority||:method|GET|:method|POST|:path|/|:path|/index.html|:scheme|http|:scheme|https|:status|200|:status|204"
                    + "|:status|206|:status|304|:status|400|:status|404|:status|500|accept-charset||accept-encoding|gzip, deflate"
                    + "|accept-language||accept-ranges||accept||access-control-allow-origin||age||allow||authorization||cache-control|"
                    + "|content-disposition||content-encoding||content-language||content-length||content-location||content-range|"
                    + "|content-type||cookie||date||etag||expect||expires||from||host||if-match||if-modified-since||if-none-match|"
                    + "|if-range||if-unmodified-since||last-modified||link||location||max-forwards||proxy-authenticate|"
                    + "|proxy-authorization||range||referer||refresh||retry-after||server||set-cookie||strict-transport-security|"
                    + "|transfer-encoding||user-agent||vary||via||www-authenticate|";
    private static final List<Field> FIXED = fixed();

    private final @Nullable Field[] ring = new Field[LIMIT / OVERHEAD]; // no more can be added
    private int newest;
    private int count;
    private int size;
    private int limit = LIMIT;

    /**
     * A header field.
     *
     * @param size in bytes, as the table counts it
     */
    record Field(String name, String value, int size) {
        static Field of(String name, String value) {
            return new Field(name, value, name.length() + value.length() + OVERHEAD);
        }
    }

    private static List<Field> fixed() {
        String[] texts = STATIC.split("\\|", -1);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i + 1 < texts.length; i += 2) {
            fields.add(Field.of(texts[i], texts[i + 1]));
        }
        return List.copyOf(fields);
    }

    /** The field of an index, from 1. */
    Field get(int index) {
        if (index >= 1 && index <= FIXED.size()) {
            return FIXED.get(index - 1);
        }
        int added = index - FIXED.size() - 1;
        Field field = index < 1 || added >= count ? null : ring[place(added)];
        if (field == null) {
            throw new ConnectionError(
                    ErrorCode.COMPRESSION_ERROR, "no header has the index " + index);
        }
        return field;
    }

    /** Where a field stands in the ring, by how many are newer. */
    private int place(int newer) {
        return Math.floorMod(newest - newer, ring.length);
    }

    /**
     * Adds a field. One larger than the whole table empties it and is not added (RFC 7541, section
     * 4.4).
     */
    void add(Field field) {
        shrinkTo(limit - field.size());
        if (field.size() <= limit) {
            newest = place(-1);
            ring[newest] = field;
            count++;
            size += field.size();
        }
    }

    /** The client's own limit, at most ours. */
    void limit(int bytes) {
        if (bytes > LIMIT) {
            throw new ConnectionError(
                    ErrorCode.COMPRESSION_ERROR,
                    "a header table of " + bytes + " bytes is too large");
        }
        limit = bytes;
        shrinkTo(bytes);
    }

    private void shrinkTo(int bytes) {
        while (size > bytes && count > 0) {
            int oldest = place(--count);
            Field field = ring[oldest];
            size -= field == null ? 0 : field.size();
            ring[oldest] = null;
        }
    }

    /** Bytes of the fields that were added, as the table counts them. */
    int size() {
        return size;
    }
}
