package dev.tandem.runtime.tls;

import java.io.Serial;
import java.util.List;

/** Files that make no TLS: every problem, a sentence each, that names the file. */
public final class TlsException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    TlsException(String problem) {
        this(List.of(problem));
    }

    TlsException(List<String> problems) {
        super(String.join("\n", problems));
    }

    /** A sentence for each problem; at least one. */
    public List<String> problems() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
