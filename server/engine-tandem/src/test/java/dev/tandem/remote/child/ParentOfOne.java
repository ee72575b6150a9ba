package dev.tandem.remote.child;

import dev.tandem.remote.Until;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A program with a child, to be killed. Prints the child's number when it is ready. */
public final class ParentOfOne {
    private ParentOfOne() {}

    /** Keeps a child for ever. */
    public static void main(String[] args) throws Exception {
        ChildEngine engine =
                ChildEngine.start(ChildSettings.of("scripted", ScriptedChild.command()));
        Until.holds("the child is ready", engine::ready);
        PrintWriter out =
                new PrintWriter(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println(engine.pid().orElseThrow());
        new CountDownLatch(1).await();
    }
}
