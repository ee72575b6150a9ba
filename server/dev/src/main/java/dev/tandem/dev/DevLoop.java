package dev.tandem.dev;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Starts the service, and again after each change that compiles. One thread runs it; any may end
 * it.
 */
final class DevLoop {
    private final DevOptions options;
    private final PrintStream out;
    private final Build build;
    private final Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    private boolean told; // it has been said that the service ended by itself

    /** Held while a service begins: one that is ended meanwhile is not left behind. */
    private final Object beginning = new Object();

    private volatile boolean ended;
    private volatile @Nullable ServiceProcess service;

    DevLoop(DevOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        build = new Build(options);
    }

    /** Runs until {@link #end()}, or until the process that started this one has ended. */
    void run() throws IOException, InterruptedException {
        if (ServiceProcess.listens(options.port())) {
            say("port " + options.port() + " is taken by another program; end it, or set PORT");
            return;
        }
        List<Path> roots =
                List.of(
                        options.sources(),
                        options.protos(),
                        options.resources(),
                        options.folder().resolve("pom.xml"));
        Sources sources = new Sources(roots);
        long begin = System.nanoTime();
        if (start()) {
            say("started in " + since(begin) + "; a change below src/main starts it again");
        }
        build.warm();
        while (goesOn()) {
            Set<Path> changed = sources.awaitChange(this::goesOn);
            if (!changed.isEmpty()) {
                take(changed);
            }
        }
        end();
        build.close();
    }

    private boolean goesOn() {
        ServiceProcess running = service;
        if (!told && !ended && running != null && !running.alive()) {
            told = true;
            say("the service has ended with exit code " + running.exit() + "; a change starts it");
        }
        return !ended && parent.map(ProcessHandle::isAlive).orElse(true);
    }

    private void take(Set<Path> changed) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        say("changed: " + names(changed));
        if (changed.contains(options.folder().resolve("pom.xml"))) {
            say("pom.xml is read at the start only: end this with Ctrl-C and start it again");
        }
        ServiceProcess before = service;
        boolean runs = before != null && before.alive();
        List<String> problems = build(changed);
        if (!problems.isEmpty()) {
            problems.forEach(out::println);
            say(runs ? "not restarted; what ran before runs on" : "not started");
            return;
        }
        if (before != null) {
            before.stop();
        }
        if (start()) {
            say("restarted in " + since(begin));
        }
    }

    /** What is wrong; also where files come and go while they are read, as when branches change. */
    private List<String> build(Set<Path> changed) throws InterruptedException {
        try {
            return build.take(changed);
        } catch (IOException | UncheckedIOException e) {
            return List.of("what has changed could not be read or written: " + e);
        }
    }

    /** Starts the service and waits until it listens; where it does not, that is said. */
    private boolean start() throws IOException {
        ServiceProcess started;
        synchronized (beginning) {
            if (ended) {
                return false;
            }
            started = ServiceProcess.start(options);
            service = started;
        }
        told = false;
        boolean listening = started.awaitListening();
        if (!listening && started.alive()) {
            say(
                    "nothing listens on port "
                            + options.port()
                            + "; where the service listens on another, set PORT");
        }
        return listening;
    }

    /** Ends the service and the loop. */
    void end() {
        ServiceProcess running;
        synchronized (beginning) {
            ended = true;
            running = service;
        }
        if (running != null) {
            running.stop();
        }
    }

    private void say(String sentence) {
        out.println("dev: " + sentence);
    }

    private static String names(Set<Path> files) {
        return files.stream()
                .map(file -> Objects.toString(file.getFileName()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String since(long begin) {
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
