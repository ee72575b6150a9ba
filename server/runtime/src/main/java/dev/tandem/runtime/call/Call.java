package dev.tandem.runtime.call;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call from its head to its end. A handler asks it who calls, how much time is left, and to be
 * told when the call is over. Safe for use by any thread.
 */
public final class Call {
    /**
     * A typed place for what one policy learns and another, or the handler, wants to know. Compared
     * by identity.
     */
    @SuppressWarnings("UnusedTypeParameter") // the type parameter types the value
    public static final class Key<T> {
        private final String name;

        /** A new key; the name is for people. */
        public Key(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Takes a listener back. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private static final Logger LOG = System.getLogger(Call.class.getName());

    private final Head head;
    private final String requestId;
    private final Consumer<Call> whenCancelled;
    private final Map<Key<?>, Object> attributes;
    private final Answer answer;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> onCancel = new ArrayList<>(2);
    private final List<Runnable> onEnd = new ArrayList<>(2);
    private volatile @Nullable CancelCause cancelled;
    private volatile @Nullable ApiError failure;
    private volatile boolean handled; // the handler has done its work
    private volatile int status; // 0 while nothing was answered
    private volatile @Nullable Long deadline; // by System.nanoTime(); null for none
    private volatile @Nullable Consumer<ApiError> lastWord;
    private @Nullable Thread worker;
    private boolean ended;

    /**
     * @param whenCancelled told once, on the thread that cancels; must not block
     */
    Call(Head head, String requestId, @Nullable Duration timeout, Consumer<Call> whenCancelled) {
        this.head = head;
        this.requestId = requestId;
        this.whenCancelled = whenCancelled;
        this.deadline = timeout == null ? null : System.nanoTime() + timeout.toNanos();
        this.attributes = new ConcurrentHashMap<>(4);
        this.answer = new Answer();
    }

    /** A part of another call, with its time and attributes, that can be cancelled alone. */
    Call(Call whole) {
        head = whole.head;
        requestId = whole.requestId;
        whenCancelled = _ -> {};
        deadline = whole.deadline;
        attributes = whole.attributes;
        answer = whole.answer;
    }

    /** What was known before the body was read. */
    public Head head() {
        return head;
    }

    /**
     * The id under which the log knows this call; also in its error and in the {@code x-request-id}
     * of its answer.
     */
    public String requestId() {
        return requestId;
    }

    /**
     * The time left for the whole call by the caller's limit and the server's, never negative;
     * empty where there is neither.
     */
    public Optional<Duration> remaining() {
        Long end = deadline;
        return end == null
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    /**
     * Makes the time left this at most. Whoever sets a limit also cancels the call when it is up.
     */
    public void limit(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        lock.lock();
        try {
            Long before = deadline;
            if (before == null || end - before < 0) {
                deadline = end;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The headers and trailers of the answer. */
    public Answer answer() {
        return answer;
    }

    /** Stores a value for later policies and the handler. */
    public <T> void put(Key<T> key, T value) {
        attributes.put(key, value);
    }

    /** A stored value. */
    @SuppressWarnings("unchecked") // put() is the only way in
    public <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable((T) attributes.get(key));
    }

    /** The HTTP status that was answered; 0 over gRPC, and while nothing was answered. */
    public int status() {
        return status;
    }

    /** Tells that this HTTP status was answered: for the wires. */
    public void answered(int httpStatus) {
        status = httpStatus;
    }

    /** Why the call is over for the handler, or null while it runs. */
    public @Nullable CancelCause cancelled() {
        return cancelled;
    }

    /**
     * Returns while the call runs.
     *
     * @throws CancelledException when it was cancelled
     */
    public void check() {
        CancelCause cause = cancelled;
        if (cause != null) {
            throw new CancelledException(cause);
        }
    }

    /**
     * Runs the listener once, soon after the call is cancelled; at once where it is already. It
     * must not block. Close the result when there is nothing more to cancel.
     */
    public Registration onCancel(Runnable listener) {
        lock.lock();
        try {
            if (cancelled == null) {
                onCancel.add(listener);
                return () -> remove(onCancel, listener);
            }
        } finally {
            lock.unlock();
        }
        listener.run();
        return () -> {};
    }

    /**
     * Runs the listener once when the call has ended, however it ended. It must not block or throw.
     */
    public void onEnd(Runnable listener) {
        lock.lock();
        try {
            if (!ended) {
                onEnd.add(listener);
                return;
            }
        } finally {
            lock.unlock();
        }
        listener.run();
    }

    /**
     * Ends the handler's work: listeners are told and its thread is interrupted. The first cause
     * counts.
     */
    public void cancel(CancelCause cause) {
        List<Runnable> listeners;
        lock.lock();
        try {
            if (cancelled != null || ended) {
                return;
            }
            cancelled = cause;
            listeners = List.copyOf(onCancel);
            onCancel.clear();
            if (worker != null) {
                worker.interrupt();
            }
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
        whenCancelled.accept(this);
    }

    /**
     * The client is gone. That cancels the call, unless its outcome stands already: then a client
     * that leaves may have read all of its answer, and one that has not is found by writing to it.
     */
    public void clientGone(CancelCause cause) {
        if (!handled && failure == null) {
            cancel(cause);
        }
    }

    /**
     * How the caller is told the end where the handler does not return soon after the call was
     * cancelled: for the wires. Runs at most once, on a thread of its own, beside the handler.
     */
    public void lastWord(Consumer<ApiError> word) {
        lastWord = word;
    }

    /** Tells the caller why the call is over, in the place of a handler that goes on. */
    @SuppressWarnings("IllegalCatch") // on a thread of its own: nobody else would tell
    void sayLastWord() {
        Consumer<ApiError> word = lastWord;
        CancelCause cause = cancelled;
        if (word == null || cause == null || cause == CancelCause.CLIENT_LEFT) {
            return;
        }
        try {
            word.accept(Pipeline.ofCancel(cause));
        } catch (CancelledException e) {
            // the client left meanwhile
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "call " + this + " could not be told its end", e);
        }
    }

    /**
     * Runs a step that no interrupt may hit, because interrupting a thread that writes to a socket
     * closes the socket. On the call's own thread, or on another, which nobody interrupts. A call
     * that is cancelled meanwhile interrupts its thread after the step.
     *
     * @throws CancelledException when the call was cancelled before the step
     */
    public void undisturbed(Runnable step) {
        boolean mine;
        lock.lock();
        try {
            check();
            mine = Thread.currentThread().equals(worker);
            if (mine) {
                worker = null;
            }
        } finally {
            lock.unlock();
        }
        try {
            step.run();
        } finally {
            if (mine) {
                attach();
            }
        }
    }

    /** What the caller was told went wrong, or null while nothing did. */
    public @Nullable ApiError failure() {
        return failure;
    }

    /** Remembers what the caller is told, for those who watch calls. The last error counts. */
    public void failed(ApiError error) {
        failure = error;
    }

    /** The calling thread works for this call from now on: cancelling interrupts it. */
    void attach() {
        lock.lock();
        try {
            worker = Thread.currentThread();
            if (cancelled != null) {
                worker.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The calling thread is through with the handler; an interrupt meant for the handler does not
     * reach what follows.
     */
    void detach() {
        lock.lock();
        try {
            worker = null;
            if (cancelled != null) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What follows is writing alone. */
    void handled() {
        handled = true;
    }

    /** The last thing that happens to a call. */
    void end() {
        List<Runnable> listeners;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            listeners = List.copyOf(onEnd);
            onEnd.clear();
            onCancel.clear();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    private void remove(List<Runnable> listeners, Runnable listener) {
        lock.lock();
        try {
            listeners.remove(listener);
        } finally {
            lock.unlock();
        }
    }

    /** Names the call; carries no header. */
    @Override
    public String toString() {
        return head + " " + requestId;
    }
}
