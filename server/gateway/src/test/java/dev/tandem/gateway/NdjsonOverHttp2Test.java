package dev.tandem.gateway;

import org.junit.jupiter.api.Nested;

class NdjsonOverHttp2Test {
    @Nested
    class Answering extends AnswerContract {
        Answering() {
            super(Way.NDJSON_H2);
        }
    }

    @Nested
    class Streaming extends StreamContract {
        Streaming() {
            super(Way.NDJSON_H2);
        }
    }

    @Nested
    class Ending extends EndContract {
        Ending() {
            super(Way.NDJSON_H2);
        }
    }
}
