package dev.tandem.gateway.admin;

import dev.tandem.engines.ModelHost;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.store.Progress;

/** The store's progress as an engine tells it. Ends the fetch with the call. */
final class StoreProgress implements Progress {
    private static final String DOWNLOADING = "downloading";

    private final Sink<ModelHost.Progress> sink;
    private final Call call;
    private long total;

    StoreProgress(Sink<ModelHost.Progress> sink, Call call) {
        this.sink = sink;
        this.call = call;
    }

    @Override
    public void begin(String what, long bytes) {
        total = Math.max(0, bytes);
        at(0);
    }

    @Override
    public void at(long bytes) {
        call.check();
        sink.send(new ModelHost.Progress(DOWNLOADING, bytes, total));
    }

    /** The sum is computed behind it, and the file put into its place. */
    @Override
    public void end() {
        // said by the last message, when all is done
    }

    @Override
    public void note(String sentence) {
        call.check();
        sink.send(new ModelHost.Progress("waiting", 0, 0));
    }
}
