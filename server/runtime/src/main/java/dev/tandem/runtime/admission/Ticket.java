package dev.tandem.runtime.admission;

import dev.tandem.runtime.observe.QueueMeter;

/** One call's place, or its wait for one. Safe for use by any thread. */
public final class Ticket implements AutoCloseable {
    /** Where it is. */
    enum Stage {
        WAITING,
        ADMITTED,
        OVER
    }

    private final Admission admission;
    private final String caller;
    private final Guest guest;
    private volatile Stage stage = Stage.WAITING; // written under the admission's lock
    private volatile QueueMeter.Wait seen = () -> {};
    private int places; // guarded by the admission's lock

    Ticket(Admission admission, String caller, int places, Guest guest) {
        this.admission = admission;
        this.caller = caller;
        this.places = places;
        this.guest = guest;
    }

    String caller() {
        return caller;
    }

    Guest guest() {
        return guest;
    }

    int places() {
        return places;
    }

    void places(int left) {
        places = left;
    }

    Stage stage() {
        return stage;
    }

    void stage(Stage next) {
        stage = next;
        seen.close();
    }

    /** It has joined the line, and may have left it already. */
    void joined() {
        QueueMeter.Wait begun = guest.waiting().begin();
        seen = begun;
        if (stage != Stage.WAITING) {
            begun.close();
        }
    }

    /** Has it a place, which it keeps? */
    public boolean admitted() {
        return stage == Stage.ADMITTED;
    }

    /** The refusal of one that has waited as long as anybody may. */
    Overloaded tooSlow() {
        return admission.tooSlow();
    }

    /**
     * Leaves the line at once, and its guest is told nothing; false where it is not in the line
     * (any more).
     */
    public boolean withdraw() {
        return admission.withdraw(this);
    }

    /** Gives some of its places back, all of them at most. */
    public void free(int count) {
        admission.free(this, count);
    }

    /** Leaves the line, or gives all of its places back. Any number of times. */
    @Override
    public void close() {
        if (!withdraw()) {
            admission.free(this, Integer.MAX_VALUE);
        }
    }
}
