package dev.tandem.remote;

import dev.tandem.engines.Engine;
import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.Refusal;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.contract.EngineContract;
import dev.tandem.testing.contract.Stage;
import java.time.Duration;

/** Asked through a real server, an engine keeps what it keeps when it is asked itself. */
class TandemEngineContractTest extends EngineContract {
    @Override
    protected Stage playing(Script script) {
        return Remote.of(new ScriptedEngine(script));
    }

    @Override
    protected Stage breaking(Script script) {
        return playing(
                script.fail(ApiError.of(EngineReasons.ENGINE_FAILED, "Gone.").toException()));
    }

    @Override
    protected Stage overlong() {
        return Remote.of(
                new ScriptedEngine(request -> {
                    throw Refusal.contextLengthExceeded("messages", "9 tokens of 8.");
                }));
    }

    @Override
    protected Stage overloaded() {
        return Remote.of(
                new ScriptedEngine(request -> {
                    throw ApiError.of(Reasons.OVERLOADED, "Later.")
                            .retryAfter(Duration.ofSeconds(1))
                            .toException();
                }));
    }

    private record Remote(Connected connected) implements Stage {

        static Remote of(ScriptedEngine scripted) {
            return new Remote(Connected.to(scripted));
        }

        @Override
        public Engine engine() {
            return connected.engine();
        }

        @Override
        public void awaitAsked() {
            connected.other().engine().awaitRun();
        }

        @Override
        public long awaitStopped() {
            long now = System.nanoTime();
            return now + connected.other().engine().awaitRun().awaitEndAfter(now).toNanos();
        }

        @Override
        public void close() {
            connected.close();
        }
    }
}
