package dev.tandem.gateway;

import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.Extraction;
import dev.tandem.v1.ExtractionServiceGrpc;
import java.util.concurrent.atomic.AtomicInteger;

/** What tests of extraction have in common. */
final class Extracting {
    static final String PERSON =
            "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},"
                    + "\"age\":{\"type\":\"integer\"}},\"required\":[\"name\",\"age\"],"
                    + "\"additionalProperties\":false}";

    /** An answer that the schema allows. */
    static final String GOOD = "{\"name\":\"Zoë\",\"age\":30}";

    private Extracting() {}

    /** A gateway whose model plays one script after the other, the last one again and again. */
    static Fixture with(Script... scripts) {
        AtomicInteger played = new AtomicInteger();
        return new Fixture(
                new ScriptedEngine(
                        request -> scripts[Math.min(played.getAndIncrement(), scripts.length - 1)]),
                GatewaySettings.ofLoopback());
    }

    /** Asks for a person. */
    static ExtractRequest.Builder person() {
        return ExtractRequest.newBuilder()
                .setModel("tiny")
                .setText("Zoë is thirty.")
                .setSchema(PERSON);
    }

    static Reply<Extraction> extract(Fixture gateway, Wire wire, ExtractRequest.Builder request) {
        return gateway.server.call(wire, ExtractionServiceGrpc.getExtractMethod(), request.build());
    }

    /** What a message says that the engine was asked with. */
    static String text(ChatRequest asked, int message) {
        return asked.getMessages(message).getContent(0).getText();
    }
}
