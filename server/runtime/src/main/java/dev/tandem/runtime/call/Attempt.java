package dev.tandem.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * One try at a call's work, which can be given up while the call goes on: for those who try again,
 * or elsewhere. Made and closed by the thread that works; {@link #giveUp} is for any thread.
 */
public final class Attempt implements AutoCloseable {
    private final Call whole;
    private final Call part;
    private final Call.Registration registration;

    private Attempt(Call whole) {
        this.whole = whole;
        part = new Call(whole);
        part.attach();
        registration = whole.onCancel(this::follow);
    }

    /** Begins one on the calling thread. It ends with the call, if not before. */
    public static Attempt of(Call whole) {
        return new Attempt(whole);
    }

    private void follow() {
        CancelCause cause = whole.cancelled();
        if (cause != null) {
            part.cancel(cause);
        }
    }

    /**
     * What the work is told in the place of the call: its caller, attributes, answer and time, but
     * an end of its own.
     */
    public Call call() {
        return part;
    }

    /** Ends the attempt alone: its listeners are told, its thread is interrupted. */
    public void giveUp(CancelCause cause) {
        part.cancel(cause);
    }

    /** Why it is over, by itself or with the call; null while it runs. */
    public @Nullable CancelCause over() {
        return part.cancelled();
    }

    /**
     * Runs a step of the call within the attempt, sending mostly, that giving up must not
     * interrupt.
     *
     * @throws CancelledException when it was over before the step
     */
    public void undisturbed(Runnable step) {
        part.undisturbed(step);
    }

    /**
     * No interrupt that was meant for the attempt reaches what follows. Of a call that is over the
     * thread learns by {@link Call#check()}.
     */
    @Override
    public void close() {
        registration.close();
        part.detach();
        part.end();
    }
}
