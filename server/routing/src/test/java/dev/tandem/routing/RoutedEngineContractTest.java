package dev.tandem.routing;

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

/** A routed model keeps what every engine keeps. */
class RoutedEngineContractTest extends EngineContract {
    private final Setup setup = new Setup();

    @Override
    protected Stage playing(Script script) {
        ScriptedEngine engine = new ScriptedEngine(script);
        RoutedEngine model = setup.inOrder(Setup.PLAIN, setup.upstream("a", engine));
        return new Stage() {
            @Override
            public Engine engine() {
                return model;
            }

            @Override
            public void awaitAsked() {
                engine.awaitRun();
            }

            @Override
            public long awaitStopped() {
                return engine.awaitRun().awaitEndAfter(0).toNanos();
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }

    @Override
    protected Stage breaking(Script script) {
        return playing(script.fail(Setup.error(EngineReasons.UPSTREAM_ERROR)));
    }

    @Override
    protected Stage overlong() {
        return playing(
                Script.empty().fail(Refusal.contextLengthExceeded("messages", "5000 of 4096")));
    }

    @Override
    protected Stage overloaded() {
        return playing(
                Script.empty()
                        .fail(
                                ApiError.of(Reasons.OVERLOADED, "busy")
                                        .retryAfter(Duration.ofSeconds(2))
                                        .toException()));
    }
}
