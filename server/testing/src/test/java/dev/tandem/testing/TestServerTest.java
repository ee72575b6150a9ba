package dev.tandem.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Service;
import dev.tandem.v1.GetModelRequest;
import dev.tandem.v1.ListModelsRequest;
import dev.tandem.v1.ListModelsResponse;
import dev.tandem.v1.Model;
import dev.tandem.v1.ModelServiceGrpc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service of a few lines, started and called in a line each. */
class TestServerTest {
    private static final Service SERVICE =
            Service.of(ModelServiceGrpc.getServiceDescriptor())
                    .unary(ModelServiceGrpc.getListModelsMethod(), TestServerTest::list)
                    .unary(ModelServiceGrpc.getGetModelMethod(), TestServerTest::find)
                    .build();

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void aServiceIsCalledByEveryWire(Wire wire) {
        try (TestServer server = TestServer.start(SERVICE)) {
            Reply<Model> reply =
                    server.call(wire, ModelServiceGrpc.getGetModelMethod(), named("a/b"));

            assertThat(reply.ok()).isTrue();
            assertThat(reply.message().getId()).isEqualTo("a/b");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void itsErrorIsTheSameByEveryWire(Wire wire) {
        try (TestServer server = TestServer.start(SERVICE)) {
            Reply<Model> reply =
                    server.call(wire, ModelServiceGrpc.getGetModelMethod(), named("no"));

            assertThat(reply.status()).isEqualTo(wire.status(Code.PERMISSION_DENIED));
            assertThat(reply.error().reason()).isEqualTo("secret");
            assertThat(reply.error().message()).isEqualTo("Not for you.");
            assertThat(reply.error().param()).isEqualTo("model");
            assertThat(reply.error().requestId()).isNotEmpty();
        }
    }

    @Test
    void itsPagesAreThereToo() {
        try (TestServer server = TestServer.start(SERVICE)) {
            HttpReply reply =
                    server.client().http(Wire.Version.HTTP_1_1, HttpRequest.get("/health"));

            assertThat(reply.status()).isEqualTo(200);
        }
    }

    private static ListModelsResponse list(ListModelsRequest request, Call call) {
        return ListModelsResponse.getDefaultInstance();
    }

    private static Model find(GetModelRequest request, Call call) {
        if (request.getModel().equals("no")) {
            throw ApiError.ofParam(Code.PERMISSION_DENIED, "secret", "model", "Not for you.")
                    .toException();
        }
        return Model.newBuilder().setId(request.getModel()).build();
    }

    private static GetModelRequest named(String model) {
        return GetModelRequest.newBuilder().setModel(model).build();
    }
}
