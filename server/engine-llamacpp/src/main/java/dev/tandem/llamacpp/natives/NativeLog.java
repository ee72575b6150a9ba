package dev.tandem.llamacpp.natives;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Where llama.cpp's messages go: to the logger of this package, one line an entry, its chatter one
 * level down. Errors are also kept, so that a failed call can say why. Called by any native thread.
 */
@SuppressWarnings("restricted") // native memory and calls are what this package is for
final class NativeLog {
    private static final int INFO = 2;
    private static final int WARNING = 3;
    private static final int ERROR = 4;
    private static final int CONTINUED = 5;
    private static final int MAX_LINE = 4_096;
    private static final int MAX_KEPT = 8_192;

    private final Logger logger;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder errors = new StringBuilder();
    private int lineLevel = INFO;

    NativeLog(Logger logger) {
        this.logger = logger;
    }

    /** The function to hand to {@code llama_log_set}; lives as long as the arena. */
    MemorySegment callback(Linker linker, Arena arena) {
        try {
            var accept =
                    MethodHandles.lookup()
                            .bind(
                                    this,
                                    "accept",
                                    MethodType.methodType(
                                            void.class,
                                            int.class,
                                            MemorySegment.class,
                                            MemorySegment.class));
            return linker.upcallStub(
                    accept,
                    FunctionDescriptor.ofVoid(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                    arena);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the log callback is gone", e);
        }
    }

    @SuppressWarnings({
        "IllegalCatch",
        "unused"
    }) // an exception that leaves an upcall ends the process
    private void accept(int level, MemorySegment text, MemorySegment user) {
        try {
            append(level, text.reinterpret(MAX_LINE * 16L).getString(0));
        } catch (Throwable ignored) {
            // nobody is left to tell: the logger itself failed, or the text was no text
        }
    }

    synchronized void append(int level, String text) {
        if (level != CONTINUED) {
            flush();
            lineLevel = level;
        }
        line.append(text);
        if (text.endsWith("\n") || line.length() > MAX_LINE) {
            flush();
        }
    }

    /** The errors since the last call, on one line; empty where there were none. */
    synchronized String takeErrors() {
        flush();
        String taken = errors.toString().strip().replaceAll("\\s*\\n\\s*", "; ");
        errors.setLength(0);
        return taken;
    }

    private void flush() {
        String message = line.toString().strip();
        line.setLength(0);
        if (message.isEmpty()) {
            return;
        }
        if (lineLevel == ERROR && errors.length() < MAX_KEPT) {
            errors.append(message).append('\n');
        }
        logger.log(levelOf(lineLevel), message);
    }

    /**
     * An error comes back as the reason of the call that failed; a computation that was given up
     * logs several and is none.
     */
    private static Level levelOf(int level) {
        return level == WARNING || level == ERROR ? Level.DEBUG : Level.TRACE;
    }
}
