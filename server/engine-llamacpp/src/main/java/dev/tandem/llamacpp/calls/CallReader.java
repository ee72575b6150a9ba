package dev.tandem.llamacpp.calls;

/**
 * Reads the calls of one answer, which a grammar held to their form, as they are written. Used by
 * one thread.
 */
public final class CallReader {
    private enum Phase {
        BEFORE,
        NAME,
        ARGUMENTS
    }

    /** Is told of calls. */
    public interface Listener {
        /** A call begins. */
        void begun(String name);

        /** More of the arguments of the call that began last: JSON as the model writes it. */
        void arguments(String more);
    }

    private final CallFormat format;
    private final Listener listener;
    private final StringBuilder unread = new StringBuilder();
    private Phase phase = Phase.BEFORE;
    private int calls;
    private int depth;
    private boolean inString;
    private boolean escaped;

    public CallReader(CallFormat format, Listener listener) {
        this.format = format;
        this.listener = listener;
    }

    /** Whether there are calls, and each is whole. */
    public boolean isWhole() {
        return phase == Phase.BEFORE && calls > 0;
    }

    /** Reads on. */
    public void push(String text) {
        unread.append(text);
        boolean more = true;
        while (more) {
            more =
                    switch (phase) {
                        case BEFORE -> begin();
                        case NAME -> name();
                        case ARGUMENTS -> arguments();
                    };
        }
    }

    private boolean begin() {
        String before = format.texts().before();
        int at = unread.indexOf(before);
        if (at < 0) {
            return false;
        }
        unread.delete(0, at + before.length());
        phase = Phase.NAME;
        return true;
    }

    private boolean name() {
        String between = format.texts().between();
        int at = unread.indexOf(between);
        if (at < 0) {
            return false;
        }
        calls++;
        listener.begun(unread.substring(0, at));
        unread.delete(0, at + between.length());
        phase = Phase.ARGUMENTS;
        return true;
    }

    /** The arguments are an object: they end with the bracket that closes it. */
    private boolean arguments() {
        int at = 0;
        while (at < unread.length() && phase == Phase.ARGUMENTS) {
            read(unread.charAt(at++));
        }
        if (at > 0) {
            listener.arguments(unread.substring(0, at));
            unread.delete(0, at);
        }
        return phase == Phase.BEFORE;
    }

    private void read(char next) {
        if (inString) {
            inString = escaped || next != '"';
            escaped = !escaped && next == '\\';
        } else if (next == '"') {
            inString = true;
        } else if (next == '{' || next == '[') {
            depth++;
        } else if ((next == '}' || next == ']') && --depth == 0) {
            phase = Phase.BEFORE;
        }
    }
}
