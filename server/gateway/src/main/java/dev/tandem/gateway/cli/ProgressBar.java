package dev.tandem.gateway.cli;

import dev.tandem.store.Progress;
import java.io.PrintWriter;

/** One line that fills, for a terminal. */
final class ProgressBar implements Progress {
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000;

    private final PrintWriter out;
    private String what = "";
    private long total;
    private long drawn;

    ProgressBar(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(String what, long bytes) {
        if (!this.what.equals(what)) {
            out.println("Fetching " + what);
        }
        this.what = what;
        this.total = bytes;
        draw(0);
    }

    @Override
    public void at(long bytes) {
        if (System.nanoTime() - drawn > REDRAW_NANOS) {
            draw(bytes);
        }
    }

    private void draw(long bytes) {
        drawn = System.nanoTime();
        if (total <= 0) {
            out.print("\r  " + Sizes.megabytes(bytes) + "   ");
        } else {
            long shown = Math.min(bytes, total);
            int filled = (int) (shown * WIDTH / total);
            out.printf(
                    "\r  [%s%s] %s of %s   ",
                    "#".repeat(filled),
                    ".".repeat(WIDTH - filled),
                    Sizes.megabytes(shown),
                    Sizes.megabytes(total));
        }
        out.flush();
    }

    @Override
    public void end() {
        out.print("\r" + " ".repeat(WIDTH + 30) + "\r");
        out.flush();
        what = "";
    }

    @Override
    public void note(String sentence) {
        out.println(sentence);
    }
}
