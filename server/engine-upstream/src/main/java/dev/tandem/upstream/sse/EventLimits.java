package dev.tandem.upstream.sse;

/**
 * How large the parts of an event stream may be, in bytes.
 *
 * @param line the longest line, its end not counted; 1 KiB to 64 MiB, 1 MiB unless told
 * @param event the most data of one event; 1 KiB to 64 MiB, 4 MiB unless told
 */
public record EventLimits(int line, int event) {
    /** Those that hold unless told otherwise. */
    public static final EventLimits DEFAULT = new EventLimits(1 << 20, 4 << 20);

    private static final int LEAST = 1 << 10;
    private static final int MOST = 64 << 20;

    public EventLimits {
        if (line < LEAST || line > MOST || event < LEAST || event > MOST) {
            throw new IllegalArgumentException("line and event must be 1 KiB to 64 MiB");
        }
    }
}
