package dev.tandem.gateway;

import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.ModelHost;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps two models, remembers what is done with them, and fetches as a test tells it. */
final class ScriptedHost implements ModelHost {
    private final Set<Ability> abilities;
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch pullEnded = new CountDownLatch(1);

    ScriptedHost(Ability... abilities) {
        this.abilities = Set.of(abilities);
    }

    /** What was done, in order. */
    List<String> done() {
        return done;
    }

    boolean awaitPullEnded() throws InterruptedException {
        return pullEnded.await(20, TimeUnit.SECONDS);
    }

    @Override
    public Set<Ability> abilities() {
        return abilities;
    }

    @Override
    public List<Kept> models(Call call) {
        return List.of(
                new Kept("a:1b", 7_000_000_000L, true, Optional.of(Instant.ofEpochSecond(5))),
                new Kept("org/b", 0, false, Optional.empty()));
    }

    @Override
    public void load(String model, Call call) {
        if (model.equals("missing")) {
            throw ApiError.ofParam(EngineReasons.MODEL_NOT_FOUND, "model", "There is none.")
                    .toException();
        }
        done.add("load " + model);
    }

    @Override
    public void unload(String model, Call call) {
        done.add("unload " + model);
    }

    /** {@code slow} tells of two bytes and waits; anything else comes. */
    @Override
    public void pull(String model, Sink<Progress> progress, Call call) throws InterruptedException {
        try {
            progress.send(new Progress("manifest", 0, 0));
            progress.send(new Progress("layer", 2, 4));
            if (model.equals("slow")) {
                new CountDownLatch(1).await();
            }
            if (model.equals("broken")) {
                throw ApiError.of(EngineReasons.PULL_FAILED, "The layer is damaged.").toException();
            }
            progress.send(new Progress("layer", 4, 4));
            done.add("pull " + model);
        } finally {
            pullEnded.countDown();
        }
    }
}
