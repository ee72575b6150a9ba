package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Head;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.TokenIds;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Calls and requests for tests. */
final class Calling {
    private static final Head HEAD =
            new Head(
                    Head.Wire.REST,
                    "POST",
                    "/v1/embeddings",
                    null,
                    Map.of(),
                    InetSocketAddress.createUnresolved("localhost", 1));

    private Calling() {}

    static Call call(Calls calls) {
        return calls.open(HEAD, null);
    }

    static Call call(Calls calls, Duration limit) {
        return calls.open(HEAD, limit);
    }

    static EmbeddingRequest texts(String... texts) {
        return texts(List.of(texts));
    }

    static EmbeddingRequest texts(List<String> texts) {
        EmbeddingRequest.Builder request = EmbeddingRequest.newBuilder().setModel(MiniLm.NAME);
        texts.forEach(text -> request.addInput(EmbeddingInput.newBuilder().setText(text)));
        return request.build();
    }

    static EmbeddingInput tokens(int... ids) {
        TokenIds.Builder tokens = TokenIds.newBuilder();
        for (int id : ids) {
            tokens.addIds(id);
        }
        return EmbeddingInput.newBuilder().setTokens(tokens).build();
    }

    static ApiError refusal(Callable<?> request) {
        return assertThatExceptionOfType(ApiException.class)
                .isThrownBy(request::call)
                .actual()
                .error();
    }
}
