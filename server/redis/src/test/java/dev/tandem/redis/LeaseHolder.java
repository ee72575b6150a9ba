package dev.tandem.redis;

import dev.tandem.runtime.limits.Charge;
import dev.tandem.runtime.limits.Limit;
import dev.tandem.runtime.limits.Span;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that holds two calls at once, says so, and waits to be killed. */
final class LeaseHolder {
    private LeaseHolder() {}

    public static void main(String[] arguments) throws InterruptedException {
        RedisSettings settings =
                RedisSettings.of(arguments[0])
                        .withPatience(Duration.ofSeconds(10))
                        .withLease(Duration.ofSeconds(2));
        try (RedisStore store = new RedisStore(settings)) {
            Limit limit = new Limit(Limit.REQUESTS, Span.AT_ONCE, 2);
            int held = 0;
            for (int i = 0; i < 2; i++) {
                Charge charge = new Charge("caller:me", "caller", limit, 1);
                held += store.reserve(List.of(charge)).hold() == null ? 0 : 1;
            }
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
                    .println(held);
            new CountDownLatch(1).await();
        }
    }
}
