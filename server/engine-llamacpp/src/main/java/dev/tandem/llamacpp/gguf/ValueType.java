package dev.tandem.llamacpp.gguf;

/** The types of header values, in the order of their numbers in the file. */
public enum ValueType {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    BOOL(1),
    STRING(8),
    ARRAY(12),
    UINT64(8),
    INT64(8),
    FLOAT64(8);

    private final int bytes;

    ValueType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes that one takes in the file; for a string or an array at least. */
    int bytes() {
        return bytes;
    }

    boolean isWhole() {
        return switch (this) {
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> true;
            case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> false;
        };
    }

    static ValueType of(int number, String key) {
        ValueType[] all = values();
        if (number < 0 || number >= all.length) {
            throw new Malformed("its key " + key + " has a value of unknown type " + number);
        }
        return all[number];
    }
}
