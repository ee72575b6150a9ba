package dev.tandem.upstream.ollama;

import dev.tandem.testing.Script;
import dev.tandem.testing.contract.EngineContract;
import dev.tandem.testing.contract.Stage;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.Staged;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

class OllamaEngineContractTest extends EngineContract {
    static Staged stage(RawServer.Talk talk, UnaryOperator<OllamaSettings> change) {
        return new Staged(
                talk,
                (address, client) ->
                        new OllamaEngine(
                                change.apply(OllamaSettings.of(address)),
                                client,
                                InstantSource.system()));
    }

    private static Stage stage(RawServer.Talk talk) {
        return stage(talk, settings -> settings);
    }

    @Override
    protected Stage playing(Script script) {
        return stage(peer -> LinesWire.play(script, peer, true));
    }

    @Override
    protected Stage breaking(Script script) {
        return stage(peer -> LinesWire.play(script, peer, false));
    }

    @Override
    protected Stage overlong() {
        return stage(peer ->
                peer.answer(
                        "400 Bad Request",
                        "application/json; charset=utf-8",
                        "{\"error\":\"the input length exceeds the context length\"}"));
    }

    @Override
    protected Stage overloaded() {
        return stage(peer ->
                peer.answer(
                        "503 Service Unavailable",
                        "application/json; charset=utf-8",
                        "{\"error\":\"server busy\"}",
                        "retry-after: 2"));
    }

    @Override
    protected boolean givesSeveralChoices() {
        return false;
    }
}
