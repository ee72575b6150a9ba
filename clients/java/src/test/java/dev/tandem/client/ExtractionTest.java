package dev.tandem.client;

import static dev.tandem.client.TandemClientTest.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.ByteString;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.ExtractedItem;
import dev.tandem.v1.Extraction;
import dev.tandem.v1.ExtractionServiceGrpc;
import dev.tandem.v1.ItemEvent;
import dev.tandem.v1.ItemsEnd;
import dev.tandem.v1.Usage;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ExtractionTest {
    private static final ExtractRequest REQUEST =
            ExtractRequest.newBuilder().setModel("tiny").setText("Three tokens.").build();

    @Test
    void aMessageIsReadOutOfAText() {
        try (TestServer server = TestServer.of(new Usages(true));
                TandemClient client = server.client()) {
            Usage usage = client.extract(REQUEST, Usage.getDefaultInstance());

            assertThat(usage.getTotalTokens()).isEqualTo(3);
        }
    }

    @Test
    void aListComesItemByItem() {
        try (TestServer server = TestServer.of(new Usages(true));
                TandemClient client = server.client();
                ItemStream<Usage> items =
                        client.extractItems(REQUEST, Usage.getDefaultInstance())) {
            assertThatIllegalStateException().isThrownBy(items::end);
            assertThat(items).extracting(Usage::getTotalTokens).containsExactly(1, 2);
            assertThat(items.end().getItems()).isEqualTo(2);
        }
    }

    @Test
    void itemsMayBeHadAsJson() {
        try (TestServer server = TestServer.of(new Usages(true));
                TandemClient client = server.client();
                ItemStream<String> items =
                        client.extractItems(REQUEST.toBuilder().setSchema("{}").build())) {
            assertThat(items).containsExactly("1", "2");
        }
    }

    @Test
    void aListWithoutItsEndIsAFailure() {
        try (TestServer server = TestServer.of(new Usages(false));
                TandemClient client = server.client();
                ItemStream<String> items = client.extractItems(REQUEST)) {
            assertThat(failure(() -> items.forEach(item -> {})).code())
                    .isEqualTo(Status.Code.INTERNAL);
        }
    }

    /** Finds usages in every text. */
    private static final class Usages extends ExtractionServiceGrpc.ExtractionServiceImplBase {
        private final boolean ends;

        Usages(boolean ends) {
            this.ends = ends;
        }

        @Override
        public void extract(ExtractRequest request, StreamObserver<Extraction> answer) {
            answer.onNext(Extraction.newBuilder().setMessage(usage(request, 3)).build());
            answer.onCompleted();
        }

        @Override
        public void extractItems(ExtractRequest request, StreamObserver<ItemEvent> answer) {
            for (int i = 1; i <= 2; i++) {
                answer.onNext(
                        ItemEvent.newBuilder()
                                .setItem(
                                        ExtractedItem.newBuilder()
                                                .setValue(Integer.toString(i))
                                                .setMessage(usage(request, i)))
                                .build());
            }
            if (ends) {
                answer.onNext(
                        ItemEvent.newBuilder().setEnd(ItemsEnd.newBuilder().setItems(2)).build());
            }
            answer.onCompleted();
        }

        private static ByteString usage(ExtractRequest request, int tokens) {
            boolean asked =
                    request.getMessageType().equals("tandem.v1.Usage") && request.getBinary();
            return asked
                    ? Usage.newBuilder().setTotalTokens(tokens).build().toByteString()
                    : ByteString.EMPTY;
        }
    }
}
