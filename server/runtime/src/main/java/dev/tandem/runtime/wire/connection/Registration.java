package dev.tandem.runtime.wire.connection;

/**
 * Something that was registered and ends with {@link #close()}, which may be called more than once.
 */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    @Override
    void close();
}
