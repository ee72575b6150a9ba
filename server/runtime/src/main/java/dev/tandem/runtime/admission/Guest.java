package dev.tandem.runtime.admission;

/**
 * Is told what becomes of its wait: one of the two, once, on the thread that brings it about; its
 * own where it need not wait. Must not block.
 */
public interface Guest {
    /** One that has nothing to be told: where nobody may wait. */
    Guest SILENT =
            new Guest() {
                @Override
                public void admitted(Ticket place) {}

                @Override
                public void refused(Overloaded why) {}
            };

    /** Sees it wait; asked once, when it has joined a line. */
    default Waiting waiting() {
        return Waiting.UNSEEN;
    }

    /** It has its place, and keeps it until it frees it. */
    void admitted(Ticket place);

    /** It waits no more. */
    void refused(Overloaded why);
}
