package dev.tandem.gateway;

import org.junit.jupiter.api.Nested;

class GrpcUnaryTest {
    @Nested
    class Answering extends AnswerContract {
        Answering() {
            super(Way.GRPC_WHOLE);
        }
    }

    @Nested
    class Ending extends EndContract {
        Ending() {
            super(Way.GRPC_WHOLE);
        }
    }
}
