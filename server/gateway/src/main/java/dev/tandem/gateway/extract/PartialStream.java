package dev.tandem.gateway.extract;

import dev.tandem.runtime.call.Sink;
import dev.tandem.structured.check.Violation;
import dev.tandem.structured.partial.GrowingJson;
import dev.tandem.structured.partial.NotJson;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.PartialExtraction;
import java.util.List;

/**
 * One object, shown while it grows. An answer is tried again only as long as nothing of it was
 * sent. Used by the call's thread.
 */
final class PartialStream {
    /** Holds nothing: not worth that no other try may follow. */
    private static final String EMPTY = "{}";

    private final ExtractRequest request;
    private final Wanted wanted;
    private final Tries tries;
    private final Sink<PartialExtraction> sink;
    private GrowingJson growing = new GrowingJson();
    private String sent = EMPTY;
    private boolean broken;

    PartialStream(
            ExtractRequest request, Wanted wanted, Tries tries, Sink<PartialExtraction> sink) {
        this.request = request;
        this.wanted = wanted;
        this.tries = tries;
        this.sink = sink;
    }

    void run() throws InterruptedException {
        while (true) {
            growing = new GrowingJson();
            broken = false;
            Answer answer = tries.next(this::grow);
            List<Violation> violations = wanted.violations(answer.json());
            if (violations.isEmpty()) {
                sink.send(last(answer.json()));
                return;
            }
            if (!sent.equals(EMPTY)) {
                throw Tries.invalid(violations);
            }
            tries.correct(answer, violations);
        }
    }

    private void grow(String piece) {
        if (broken) {
            return;
        }
        try {
            growing.take(piece);
        } catch (NotJson e) {
            broken = true;
            if (!sent.equals(EMPTY)) {
                throw Tries.invalid(
                        List.of(new Violation("", "json", "this is not JSON: " + e.getMessage())));
            }
            return;
        }
        String soFar = growing.soFar();
        if (!soFar.isEmpty() && !soFar.equals(sent) && !growing.isComplete()) {
            sent = soFar;
            sink.send(PartialExtraction.newBuilder().setValue(soFar).build());
        }
    }

    private PartialExtraction last(String json) {
        PartialExtraction.Builder last =
                PartialExtraction.newBuilder()
                        .setValue(json)
                        .setComplete(true)
                        .setId(tries.id())
                        .setModel(tries.model())
                        .setMode(tries.mode())
                        .setTries(tries.count())
                        .setUsage(tries.usage());
        wanted.binary(request, json).ifPresent(last::setMessage);
        return last.build();
    }
}
