package dev.tandem.gateway;

import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testtools.Chromium;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The chat page in Chromium, with a model that says what the test tells it. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ScriptedChat {
    static final Script HELLO = Script.saying("Hello", ", ", "you.");

    /** What the model says to the next question. */
    volatile Script script = HELLO;

    final ScriptedEngine engine = new ScriptedEngine(request -> script);
    ChatOnPage chat;
    private Fixture gateway;
    private Chromium chromium;

    @BeforeAll
    void launch() {
        gateway =
                new Fixture(
                        engine, GatewaySettings.ofLoopback().with(Stopping.within(Duration.ZERO)));
        chromium = new Chromium();
    }

    @AfterAll
    void quit() {
        if (chromium != null) {
            chromium.close();
        }
        gateway.close();
    }

    @BeforeEach
    void visit() {
        engine.forget();
        script = HELLO;
        chat = new ChatOnPage(chromium.page("http://localhost:" + gateway.server.server().port()));
    }

    @AfterEach
    void leave() {
        chat.close();
    }
}
