package dev.tandem.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.openai.Asked.Outcome;
import dev.tandem.upstream.openai.OpenAiSettings.Dialect;
import dev.tandem.upstream.openai.OpenAiSettings.TokenLimitName;
import dev.tandem.v1.ChatRequest;
import java.util.function.UnaryOperator;

/** One chat with a server that a test made. */
final class OneChat {
    /** A whole answer in one event. */
    static final String DONE =
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}";

    private OneChat() {}

    static OpenAiSettings asItIs(OpenAiSettings settings) {
        return settings;
    }

    static OpenAiSettings whole(OpenAiSettings settings) {
        return settings.dialect(new Dialect(false, true, TokenLimitName.AS_ASKED));
    }

    static RawServer streaming(String... events) {
        return RawServer.start(peer -> {
            while (true) {
                peer.request();
                peer.beginEvents();
                peer.events(events);
                peer.events("[DONE]");
                peer.endChunks();
            }
        });
    }

    static RawServer answering(String status, String json) {
        return RawServer.start(peer -> {
            while (true) {
                peer.request();
                peer.answer(status, "application/json; charset=utf-8", json);
            }
        });
    }

    static Outcome chat(RawServer server, UnaryOperator<OpenAiSettings> change)
            throws InterruptedException {
        return chat(server, change, Asked.hello().build());
    }

    static Outcome chat(RawServer server, UnaryOperator<OpenAiSettings> change, ChatRequest request)
            throws InterruptedException {
        try (server;
                Asked asked = Asked.of(server.address(), change)) {
            return asked.chat(request);
        }
    }

    static String sent(ChatRequest request, UnaryOperator<OpenAiSettings> change)
            throws InterruptedException {
        RawServer server = streaming(DONE);
        assertThat(chat(server, change, request).error()).isNull();
        return server.peers().getFirst().requests().getFirst().body();
    }
}
