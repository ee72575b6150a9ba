package dev.tandem.runtime.wire.http2;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

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

    private final ArrayDeque<Field> order = new ArrayDeque<>(); // oldest last
    private List<Field> byAge = List.of(); // the same for look-up; made when it is asked for
    private boolean changed;
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
        if (index < 1 || added >= order.size()) {
            throw new ConnectionError(
                    ErrorCode.COMPRESSION_ERROR, "no header has the index " + index);
        }
        if (changed) {
            byAge = List.copyOf(order);
            changed = false;
        }
        return byAge.get(added);
    }

    /**
     * Adds a field. One larger than the whole table empties it and is not added (RFC 7541, section
     * 4.4).
     */
    void add(Field field) {
        shrinkTo(limit - field.size());
        if (field.size() <= limit) {
            order.addFirst(field);
            size += field.size();
            changed = true;
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
        while (size > bytes && !order.isEmpty()) {
            size -= order.removeLast().size();
            changed = true;
        }
    }
}
