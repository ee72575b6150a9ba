package dev.tandem.gateway.cli;

import dev.tandem.store.Progress;
import java.io.PrintWriter;

/** A line for each quarter, for logs. */
final class ProgressLines implements Progress {
    private static final int STEPS = 4;

    private final PrintWriter out;
    private String what = "";
    private long total;
    private long step;

    ProgressLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(String what, long bytes) {
        if (!this.what.equals(what)) {
            out.println("Fetching " + what);
        }
        this.what = what;
        this.total = bytes;
        this.step = 0;
    }

    @Override
    public void at(long bytes) {
        long now = total <= 0 ? 0 : Math.min(bytes, total) * STEPS / total;
        if (now > step) {
            step = now;
            out.println(
                    "  "
                            + Sizes.megabytes(Math.min(bytes, total))
                            + " of "
                            + Sizes.megabytes(total));
        }
    }

    @Override
    public void end() {
        what = "";
    }

    @Override
    public void note(String sentence) {
        out.println(sentence);
    }
}
