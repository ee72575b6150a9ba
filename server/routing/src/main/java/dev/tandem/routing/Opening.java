package dev.tandem.routing;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what an engine sends before its first token, so that another can answer if it fails
 * until then; afterwards every message passes at once. For the call's thread.
 *
 * @param <R> the message
 */
final class Opening<R> implements Sink<R> {
    /** An engine that sends more without content is not waited for. */
    private static final int MOST_HELD = 64;

    private final Sink<R> sink;
    private final Contents<R> contents;
    private final Trial trial;
    private final Call whole;
    private @Nullable List<R> held = new ArrayList<>(2);

    Opening(Sink<R> sink, Contents<R> contents, Trial trial, Call whole) {
        this.sink = sink;
        this.contents = contents;
        this.trial = trial;
        this.whole = whole;
    }

    @Override
    public void send(R message) {
        Usage usage = contents.usage(message);
        if (usage != null) {
            trial.took(usage);
            if (whole.cancelled() != null) {
                sink.send(message); // throws, but is counted
            }
        }
        List<R> before = held;
        if (before != null) {
            boolean begins = contents.begins(message);
            if (!begins && before.size() < MOST_HELD) {
                trial.call().check();
                before.add(message);
                return;
            }
            if (begins) {
                trial.firstToken();
            }
            flush(before);
        }
        pass(message);
    }

    /** The engine has said all. */
    void end() {
        List<R> before = held;
        if (before != null) {
            flush(before);
        }
    }

    private void flush(List<R> before) {
        held = null;
        before.forEach(this::pass);
    }

    private void pass(R message) {
        try {
            trial.send(() -> sink.send(message));
        } catch (CancelledException e) {
            whole.check(); // the call's own cause, where that is over
            throw e;
        }
    }
}
