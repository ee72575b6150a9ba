package dev.tandem.testing;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.Role;
import java.util.Map;
import java.util.TreeMap;

/** One run through a script. Used by the call's thread. */
final class Performance {
    private final Script script;
    private final ChunkWriter writer;
    private final Call call;
    private final Map<Integer, Boolean> finished = new TreeMap<>(); // choice → has a finish reason
    private int tokens;

    Performance(Script script, ChunkWriter writer, Call call) {
        this.script = script;
        this.writer = writer;
        this.call = call;
    }

    void play() throws InterruptedException {
        try {
            for (Script.Step step : script.steps()) {
                if (step instanceof Script.Step.CutOff) {
                    return;
                }
                perform(step);
            }
            begin(0);
            finishAll();
            usage();
        } finally {
            if (call.cancelled() != null) {
                lastUsage();
            }
        }
    }

    private void perform(Script.Step step) throws InterruptedException {
        switch (step) {
            case Script.Step.Send(ChunkChoice news) -> send(news);
            case Script.Step.Pause(Gate gate) -> gate.pass();
            case Script.Step.Ignore(Gate gate) -> gate.passUninterrupted();
            case Script.Step.Fail(RuntimeException failure) -> throw failure;
            case Script.Step.Flood(String text) -> flood(text);
            case Script.Step.CutOff() -> throw new AssertionError("handled before");
        }
    }

    private void flood(String text) {
        begin(0);
        while (call.cancelled() == null) {
            tokens++;
            writer.text(0, text);
        }
        call.check();
    }

    private void send(ChunkChoice news) {
        if (news.getDelta().hasRole()) {
            finished.putIfAbsent(news.getIndex(), false);
        }
        begin(news.getIndex());
        if (news.hasFinishReason()) {
            finished.put(news.getIndex(), true);
        } else {
            tokens++;
        }
        writer.choice(news);
    }

    private void begin(int choice) {
        if (finished.putIfAbsent(choice, false) == null) {
            writer.delta(choice, Delta.newBuilder().setRole(Role.ROLE_ASSISTANT).build());
        }
    }

    private void finishAll() {
        finished.forEach((choice, done) -> {
            if (!done) {
                writer.finish(choice, "stop");
            }
        });
    }

    private void usage() {
        writer.usage(script.promptTokens(), tokens);
    }

    private void lastUsage() {
        try {
            usage();
        } catch (CancelledException e) {
            // expected: nobody is there to read it, but whoever counts has seen it
        }
    }
}
