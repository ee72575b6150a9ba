package dev.tandem.bedrock;

import dev.tandem.engines.Engine;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.testing.contract.Stage;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An engine in front of a server that a test tells what to say. */
final class Front implements Stage {
    static final Secret ID = Secret.of("AKIDEXAMPLE000000001");
    static final Secret SECRET = Secret.of("wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY");
    static final Secret SESSION = Secret.of("session-token-of-a-test");

    private final BedrockServer server;
    private final BedrockEngine engine;

    private Front(BedrockServer server, BedrockEngine engine) {
        this.server = server;
        this.engine = engine;
    }

    static Front of(BedrockServer.Talk talk) {
        return of(talk, settings -> settings);
    }

    static Front of(BedrockServer.Talk talk, UnaryOperator<BedrockSettings> change) {
        BedrockServer server = BedrockServer.saying(talk);
        return new Front(
                server, new BedrockEngine(change.apply(settings(server.address(), keys()))));
    }

    static BedrockSettings settings(@Nullable URI address, BedrockCredentials credentials) {
        return BedrockSettings.of(new BedrockSettings.Access("eu-central-1", address, credentials));
    }

    static BedrockCredentials keys() {
        return new BedrockCredentials.Keys(ID, SECRET, SESSION);
    }

    BedrockServer server() {
        return server;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public void awaitAsked() {
        server.awaitAsked();
    }

    @Override
    public long awaitStopped() {
        return server.awaitGone();
    }

    @Override
    public void close() {
        engine.close();
        server.close();
    }
}
