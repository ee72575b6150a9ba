package dev.tandem.upstream.anthropic;

import dev.tandem.testing.Script;
import dev.tandem.testing.contract.EngineContract;
import dev.tandem.testing.contract.Stage;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.Staged;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

class AnthropicEngineContractTest extends EngineContract {
    static Staged stage(RawServer.Talk talk, UnaryOperator<AnthropicSettings> change) {
        return new Staged(
                talk,
                (address, client) ->
                        new AnthropicEngine(
                                change.apply(AnthropicSettings.of(address.resolve("/v1"))),
                                client,
                                InstantSource.system()));
    }

    private static Stage stage(RawServer.Talk talk) {
        return stage(talk, settings -> settings);
    }

    @Override
    protected Stage playing(Script script) {
        return stage(peer -> MessagesWire.play(script, peer, true));
    }

    @Override
    protected Stage breaking(Script script) {
        return stage(peer -> MessagesWire.play(script, peer, false));
    }

    @Override
    protected Stage overlong() {
        return stage(peer ->
                peer.answer(
                        "400 Bad Request",
                        "application/json",
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                                + "\"message\":\"prompt is too long: 9 tokens > 8 maximum\"}}"));
    }

    @Override
    protected Stage overloaded() {
        return stage(peer ->
                peer.answer(
                        "529 Overloaded",
                        "application/json",
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                                + "\"message\":\"Overloaded\"}}",
                        "retry-after: 2"));
    }

    @Override
    protected boolean givesSeveralChoices() {
        return false;
    }
}
