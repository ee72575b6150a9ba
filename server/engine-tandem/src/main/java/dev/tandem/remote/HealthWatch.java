package dev.tandem.remote;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hears from another server whether it is well, as long as it is open: by {@code
 * grpc.health.v1.Health/Watch}, asked again when it ends. A watch that ends tells nothing; one that
 * cannot begin again tells that the server is away.
 */
final class HealthWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HealthWatch.class.getName());
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);
    private static final long SHORTEST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 5_000;

    private final ManagedChannel channel;
    private final String place;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean serving;

    HealthWatch(ManagedChannel channel, String place) {
        this.channel = channel;
        this.place = place;
        this.thread = Thread.ofVirtual().name("health-of-" + place).unstarted(this::run);
    }

    void begin() {
        thread.start();
    }

    boolean serving() {
        return serving;
    }

    private void run() {
        long pause = SHORTEST_PAUSE;
        try {
            do {
                channel.resetConnectBackoff();
                if (watch()) {
                    pause = SHORTEST_PAUSE;
                } else {
                    become(false);
                    pause = Math.min(LONGEST_PAUSE, 2 * pause);
                }
            } while (!closed.await(pause, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.log(Level.TRACE, "{0} is not watched any more", place);
        } finally {
            serving = false;
        }
    }

    /** Was anything heard before it ended? */
    private boolean watch() throws InterruptedException {
        boolean heard = false;
        try (Exchange<HealthCheckResponse> watch =
                Exchange.begin(
                        channel,
                        HealthGrpc.getWatchMethod(),
                        HealthCheckRequest.getDefaultInstance(),
                        CallOptions.DEFAULT,
                        new Metadata())) {
            HealthCheckResponse told = watch.next(FIRST_ANSWER);
            while (told != null) {
                heard = true;
                become(told.getStatus() == ServingStatus.SERVING);
                told = watch.next(null);
            }
        } catch (StatusException | TimeoutException e) {
            LOG.log(Level.DEBUG, "{0}: the watch of its health ended: {1}", place, e.getMessage());
        }
        return heard;
    }

    private void become(boolean now) {
        if (now != serving) {
            serving = now;
            LOG.log(Level.INFO, now ? "{0} answers" : "{0} does not answer", place);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
