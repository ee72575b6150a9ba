package dev.tandem.routing;

import dev.tandem.runtime.call.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that the test moves; whoever pauses moves it, and waits for nothing. */
final class ManualTiming implements Timing {
    private record Pending(long at, Runnable action) {}

    private final AtomicLong now = new AtomicLong(1_000_000_000L);
    private final List<Pending> alarms = new CopyOnWriteArrayList<>();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public Alarm after(Duration wait, Runnable action) {
        Pending alarm = new Pending(now.get() + wait.toNanos(), action);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    @Override
    public void pause(Duration wait, Call call) {
        pauses.add(wait);
        pass(wait);
        call.check();
    }

    /** How many alarms are set. */
    int alarms() {
        return alarms.size();
    }

    /** Time passes; alarms that are due come. */
    void pass(Duration time) {
        now.addAndGet(time.toNanos());
        for (Pending alarm : new ArrayList<>(alarms)) {
            if (alarm.at() <= now.get() && alarms.remove(alarm)) {
                alarm.action().run();
            }
        }
    }
}
