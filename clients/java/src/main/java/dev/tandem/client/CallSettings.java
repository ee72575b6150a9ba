package dev.tandem.client;

import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.Metadata;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What calls carry. Immutable.
 *
 * @param timeout how long a call may take, all its tries together; null for any time
 * @param headers beside the key; not changed after it was handed in
 */
record CallSettings(@Nullable Duration timeout, Metadata headers) {
    static final CallSettings NONE = new CallSettings(null, new Metadata());

    CallSettings withTimeout(Duration limit) {
        return new CallSettings(limit, headers);
    }

    CallSettings withHeader(String name, String value) {
        Metadata all = copy();
        all.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
        return new CallSettings(timeout, all);
    }

    /** For one call, from now on. */
    CallOptions options() {
        return timeout == null
                ? CallOptions.DEFAULT
                : CallOptions.DEFAULT.withDeadline(
                        Deadline.after(timeout.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** For one try, which may add to it. */
    Metadata copy() {
        Metadata copy = new Metadata();
        copy.merge(headers);
        return copy;
    }
}
