package dev.tandem.gateway.admin;

import dev.tandem.engines.ModelHost;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.PullProgress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A fetch's progress on its way to the caller: what a person can follow. Each stage is told with
 * its first news and its last. Used by one thread.
 */
final class PullStream implements Sink<ModelHost.Progress> {
    /** Between two news of one stage. */
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private static final String DONE = "done";

    private final Sink<PullProgress> caller;
    private final LongSupplier clock;
    private ModelHost.@Nullable Progress told;
    private ModelHost.@Nullable Progress untold;
    private long toldAt;

    /**
     * @param clock in ns
     */
    PullStream(Sink<PullProgress> caller, LongSupplier clock) {
        this.caller = caller;
        this.clock = clock;
    }

    @Override
    public void send(ModelHost.Progress news) {
        ModelHost.Progress last = told;
        boolean another = last == null || !last.stage().equals(news.stage());
        if (another) {
            tellRest();
        }
        if (another || clock.getAsLong() - toldAt >= PAUSE) {
            tell(news);
        } else {
            untold = news;
        }
    }

    /** The model is there. */
    void finished() {
        tellRest();
        ModelHost.Progress last = told;
        long bytes = last == null ? 0 : last.total();
        tell(new ModelHost.Progress(DONE, bytes, bytes));
    }

    private void tellRest() {
        ModelHost.Progress rest = untold;
        if (rest != null) {
            tell(rest);
        }
    }

    private void tell(ModelHost.Progress news) {
        told = news;
        untold = null;
        toldAt = clock.getAsLong();
        caller.send(
                PullProgress.newBuilder()
                        .setStage(news.stage())
                        .setDone(news.done())
                        .setTotal(news.total())
                        .build());
    }
}
