package dev.tandem.gateway;

import org.junit.jupiter.api.Nested;

class GrpcStreamTest {
    @Nested
    class Answering extends AnswerContract {
        Answering() {
            super(Way.GRPC_STREAM);
        }
    }

    @Nested
    class Streaming extends StreamContract {
        Streaming() {
            super(Way.GRPC_STREAM);
        }
    }

    @Nested
    class Ending extends EndContract {
        Ending() {
            super(Way.GRPC_STREAM);
        }
    }
}
