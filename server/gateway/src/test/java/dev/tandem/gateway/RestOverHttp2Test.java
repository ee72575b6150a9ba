package dev.tandem.gateway;

import org.junit.jupiter.api.Nested;

class RestOverHttp2Test {
    @Nested
    class Answering extends AnswerContract {
        Answering() {
            super(Way.REST_H2);
        }
    }

    @Nested
    class Ending extends EndContract {
        Ending() {
            super(Way.REST_H2);
        }
    }
}
