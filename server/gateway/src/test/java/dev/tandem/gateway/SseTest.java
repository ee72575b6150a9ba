package dev.tandem.gateway;

import org.junit.jupiter.api.Nested;

class SseTest {
    @Nested
    class Answering extends AnswerContract {
        Answering() {
            super(Way.SSE);
        }
    }

    @Nested
    class Streaming extends StreamContract {
        Streaming() {
            super(Way.SSE);
        }
    }

    @Nested
    class Ending extends EndContract {
        Ending() {
            super(Way.SSE);
        }
    }
}
