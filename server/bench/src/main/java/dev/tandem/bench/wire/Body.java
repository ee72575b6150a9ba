package dev.tandem.bench.wire;

/** The bytes of one answer, cut into messages and checked. */
public interface Body {
    /** More of it. */
    void bytes(byte[] array, int offset, int length);

    /** There is no more; throws {@link IllegalStateException} where something is missing. */
    void end();

    /** Messages that were cut out. */
    interface Messages {
        /** One message. */
        void message(byte[] array, int offset, int length);

        /** It was the last; throws {@link IllegalStateException} where something is missing. */
        void end();
    }
}
