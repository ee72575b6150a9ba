package dev.tandem.gateway;

import org.junit.jupiter.api.Nested;

class RestTest {
    @Nested
    class Answering extends AnswerContract {
        Answering() {
            super(Way.REST);
        }
    }

    @Nested
    class Ending extends EndContract {
        Ending() {
            super(Way.REST);
        }
    }
}
