package dev.tandem.upstream.openai;

import dev.tandem.testing.Script;
import dev.tandem.testing.contract.EngineContract;
import dev.tandem.testing.contract.Stage;

class OpenAiEngineContractTest extends EngineContract {
    @Override
    protected Stage playing(Script script) {
        return ScriptedServer.playing(script);
    }

    @Override
    protected Stage breaking(Script script) {
        return ScriptedServer.breaking(script);
    }

    @Override
    protected Stage overlong() {
        return ScriptedServer.answering(
                "400 Bad Request",
                "{\"error\":{\"message\":\"9 tokens of 8.\",\"code\":\"context_length_exceeded\"}}");
    }

    @Override
    protected Stage overloaded() {
        return ScriptedServer.answering("503 Busy", "{}", "retry-after: 2");
    }
}
