package dev.tandem.gateway.cli;

import dev.tandem.store.Progress;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * Where a command writes.
 *
 * @param out what the user asked for
 * @param err everything else: progress, notes, errors
 * @param terminal do both lead to a terminal, and does the input come from one?
 */
public record Screen(PrintWriter out, PrintWriter err, boolean terminal) {

    /** The screen of this process. */
    public static Screen ofProcess() {
        return new Screen(
                writer(FileDescriptor.out, "stdout.encoding"),
                writer(FileDescriptor.err, "stderr.encoding"),
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
    }

    private static PrintWriter writer(FileDescriptor to, String encodingProperty) {
        Charset charset = Charset.forName(System.getProperty(encodingProperty, "UTF-8"));
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(to), charset), true);
    }

    /** How a fetch is shown here. */
    Progress progress() {
        return terminal ? new ProgressBar(err) : new ProgressLines(err);
    }

    /** A model's text without what would steer the terminal. */
    String printable(String text) {
        return terminal ? text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "") : text;
    }
}
