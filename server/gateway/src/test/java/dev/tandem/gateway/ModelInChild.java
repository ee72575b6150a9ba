package dev.tandem.gateway;

import dev.tandem.gateway.child.ChildCommand;
import dev.tandem.gateway.config.EngineSection;
import dev.tandem.remote.child.ChildEngine;
import dev.tandem.remote.child.ChildSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The default model in a child process; as a program, a parent that can be killed. */
public final class ModelInChild {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ModelInChild() {}

    static ChildSettings settings() throws InterruptedException {
        return settings(RealFiles.llama(), RealFiles.model());
    }

    private static ChildSettings settings(Path llama, Path model) {
        return ChildCommand.of(
                "smol",
                llama,
                model,
                new EngineSection(1024, 2, 1, 8, 1L << 30, EngineSection.Gpu.ALL),
                Duration.ofSeconds(60));
    }

    static ChildEngine start(ChildSettings settings) {
        ChildEngine engine = ChildEngine.start(settings);
        until("the child can answer", engine::ready);
        return engine;
    }

    /** How long it took until the condition held. */
    static Duration until(String what, BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new AssertionError("waited " + PATIENCE + " in vain: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /**
     * Starts a child and tells its number.
     *
     * @param args llama.cpp's folder and the model's file
     */
    public static void main(String[] args) throws Exception {
        ChildEngine engine = start(settings(Path.of(args[0]), Path.of(args[1])));
        PrintWriter out = OwnProcess.listening();
        out.println(engine.pid().orElseThrow());
        new CountDownLatch(1).await();
    }
}
