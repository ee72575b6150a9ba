package dev.tandem.gateway;

import org.junit.jupiter.api.Nested;

class NdjsonTest {
    @Nested
    class Answering extends AnswerContract {
        Answering() {
            super(Way.NDJSON);
        }
    }

    @Nested
    class Streaming extends StreamContract {
        Streaming() {
            super(Way.NDJSON);
        }
    }

    @Nested
    class Ending extends EndContract {
        Ending() {
            super(Way.NDJSON);
        }
    }
}
