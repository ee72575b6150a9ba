package dev.tandem.remote.child;

import java.io.IOException;
import java.io.Reader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What a child prints, in this server's log under the child's name: long lines cut, and no more of
 * them than somebody could read. Used by one thread.
 */
final class OutputLines {
    private static final Logger LOG = System.getLogger(OutputLines.class.getName());
    private static final int LONGEST = 2_000;
    private static final int MOST_A_SECOND = 50;

    private final String name;
    private final Predicate<String> first;
    private long second = System.nanoTime();
    private int told;
    private int left;

    /**
     * @param first takes the lines that are meant for this program
     */
    OutputLines(String name, Predicate<String> first) {
        this.name = name;
        this.first = first;
    }

    /** Reads to the end, whatever comes: a child must never wait for its reader. */
    void readAll(Reader output) throws IOException {
        StringBuilder line = new StringBuilder();
        char[] piece = new char[4096];
        for (int n = output.read(piece); n >= 0; n = output.read(piece)) {
            for (int i = 0; i < n; i++) {
                if (piece[i] == '\n') {
                    take(line);
                } else if (line.length() <= LONGEST) {
                    line.append(piece[i]);
                }
            }
        }
        if (!line.isEmpty()) {
            take(line);
        }
        tellLeft();
    }

    private void take(StringBuilder line) {
        String text = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line.toString();
        line.setLength(0);
        text = text.replaceAll("\\p{Cntrl}+", " ").strip();
        if (text.isEmpty() || first.test(text)) {
            return;
        }
        if (System.nanoTime() - second > TimeUnit.SECONDS.toNanos(1)) {
            tellLeft();
            second = System.nanoTime();
            told = 0;
        }
        if (told < MOST_A_SECOND) {
            told++;
            LOG.log(Level.INFO, "{0}: {1}", name, text);
        } else {
            left++;
        }
    }

    private void tellLeft() {
        if (left > 0) {
            LOG.log(Level.INFO, "{0}: {1} further lines are left out", name, left);
            left = 0;
        }
    }
}
