package com.example.people;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Service;
import dev.tandem.testing.TestServer;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.ExtractedItem;
import dev.tandem.v1.ExtractionServiceGrpc;
import dev.tandem.v1.ItemEvent;
import dev.tandem.v1.ItemsEnd;

/** Takes the place of a Tandem gateway: its extraction of lists does what the test says. */
final class FakeGateway implements AutoCloseable {
    static final ItemEvent ADA = item(0, "{\"name\": \"Ada Lovelace\", \"born\": 1815}");
    static final ItemEvent CHARLES = item(1, "{\"name\": \"Charles Babbage\", \"born\": null}");
    static final ItemEvent END =
            ItemEvent.newBuilder().setEnd(ItemsEnd.newBuilder().setItems(2)).build();

    private final TestServer server;

    private FakeGateway(TestServer server) {
        this.server = server;
    }

    static FakeGateway doing(Handler.ServerStream<ExtractRequest, ItemEvent> answer) {
        return new FakeGateway(
                TestServer.start(
                        Service.of(ExtractionServiceGrpc.getServiceDescriptor()).stream(
                                        ExtractionServiceGrpc.getExtractItemsMethod(), answer)
                                .unary(
                                        ExtractionServiceGrpc.getExtractMethod(),
                                        (_, _) -> {
                                            throw unasked();
                                        })
                                .stream(
                                        ExtractionServiceGrpc.getExtractPartialMethod(),
                                        (_, _, _) -> {
                                            throw unasked();
                                        })
                                .build()));
    }

    static FakeGateway failing(ApiError error) {
        return doing((_, _, _) -> {
            throw error.toException();
        });
    }

    static ItemEvent item(int index, String json) {
        return ItemEvent.newBuilder()
                .setItem(ExtractedItem.newBuilder().setIndex(index).setValue(json))
                .build();
    }

    private static ApiException unasked() {
        return ApiError.of(Code.UNIMPLEMENTED, "unasked", "No test asks for that.").toException();
    }

    String address() {
        return "127.0.0.1:" + server.server().port();
    }

    @Override
    public void close() {
        server.close();
    }
}
