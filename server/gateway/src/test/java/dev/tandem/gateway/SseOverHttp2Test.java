package dev.tandem.gateway;

import org.junit.jupiter.api.Nested;

class SseOverHttp2Test {
    @Nested
    class Answering extends AnswerContract {
        Answering() {
            super(Way.SSE_H2);
        }
    }

    @Nested
    class Streaming extends StreamContract {
        Streaming() {
            super(Way.SSE_H2);
        }
    }

    @Nested
    class Ending extends EndContract {
        Ending() {
            super(Way.SSE_H2);
        }
    }
}
