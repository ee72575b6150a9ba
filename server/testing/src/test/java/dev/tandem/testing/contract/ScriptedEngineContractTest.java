package dev.tandem.testing.contract;

import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.Refusal;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import java.time.Duration;

/** The kit's own engine keeps what others must keep. */
class ScriptedEngineContractTest extends EngineContract {
    @Override
    protected Stage playing(Script script) {
        return new Scripted(new ScriptedEngine(script));
    }

    @Override
    protected Stage breaking(Script script) {
        return playing(
                script.fail(ApiError.of(EngineReasons.ENGINE_FAILED, "Gone.").toException()));
    }

    @Override
    protected Stage overlong() {
        return new Scripted(
                new ScriptedEngine(request -> {
                    throw Refusal.contextLengthExceeded("messages", "9 tokens of 8.");
                }));
    }

    @Override
    protected Stage overloaded() {
        return new Scripted(
                new ScriptedEngine(request -> {
                    throw ApiError.of(Reasons.OVERLOADED, "Later.")
                            .retryAfter(Duration.ofSeconds(1))
                            .toException();
                }));
    }

    private record Scripted(ScriptedEngine scripted) implements Stage {
        @Override
        public Engine engine() {
            return scripted;
        }

        @Override
        public void awaitAsked() {
            scripted.awaitRun();
        }

        @Override
        public long awaitStopped() {
            long now = System.nanoTime();
            return now + scripted.awaitRun().awaitEndAfter(now).toNanos();
        }

        @Override
        public void close() {
            scripted.close();
        }
    }
}
