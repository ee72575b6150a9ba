package dev.tandem.llamacpp.loop;

/** Every slot is taken and as many requests wait as may wait. Try again later. */
public final class QueueFull extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int waiting;

    QueueFull(int waiting) {
        super(waiting + " requests already wait for this model; try again later");
        this.waiting = waiting;
    }

    /** How many wait. */
    public int waiting() {
        return waiting;
    }
}
