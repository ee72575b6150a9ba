package com.example.people;

import com.example.people.v1.Person;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ExtractExample;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.ExtractionServiceGrpc;
import dev.tandem.v1.ItemEvent;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.Optional;

/** Reads people out of texts, by a model of a Tandem gateway. For all threads. */
final class Extractor implements AutoCloseable {
    /** What the model must keep to: one person, as JSON that fits {@link Person}. */
    private static final String SCHEMA =
            """
            {"type": "object", "properties": \
            {"name": {"type": "string", "minLength": 1, "maxLength": 64}, "born": {"type": ["integer", "null"]}}, \
            "required": ["name", "born"], "additionalProperties": false}\
            """;

    /** Small models need to be shown what is wanted, and where a list ends. */
    private static final ExtractExample EXAMPLE =
            ExtractExample.newBuilder()
                    .setText("Grace Hopper was born in 1906, Alan Turing in 1912.")
                    .setValue(
                            """
                            [{"name": "Grace Hopper", "born": 1906}, {"name": "Alan Turing", "born": 1912}]\
                            """)
                    .build();

    private static final int MOST_TOKENS = 1_000;

    private final ManagedChannel gateway;
    private final String model;

    /**
     * @param gateway host and port; asked when there is something to read, not before
     * @param model as the gateway's {@code GET /v1/models} lists it
     */
    Extractor(String gateway, String model) {
        this.gateway = Grpc.newChannelBuilder(gateway, InsecureChannelCredentials.create()).build();
        this.model = model;
    }

    /**
     * Hands on the people in the text, each as soon as it is complete. What the model does not get
     * right is left out.
     *
     * @param limit how long that may take; empty for as long as the gateway lets it
     * @throws dev.tandem.runtime.call.ApiException where the gateway has no good answer
     */
    void people(String text, Optional<Duration> limit, Sink<Person> found)
            throws InterruptedException {
        ExtractRequest request =
                ExtractRequest.newBuilder()
                        .setModel(model)
                        .setText(text)
                        .setSchema(SCHEMA)
                        .addExamples(EXAMPLE)
                        .setMaxTokens(MOST_TOKENS)
                        .build();
        var stub = ExtractionServiceGrpc.newBlockingV2Stub(gateway);
        BlockingClientCall<?, ItemEvent> events =
                limit.map(stub::withDeadlineAfter).orElse(stub).extractItems(request);
        try {
            for (ItemEvent event = events.read(); event != null; event = events.read()) {
                if (event.hasItem()) {
                    found.send(person(event.getItem().getValue()));
                }
            }
        } catch (StatusException e) {
            throw GatewayErrors.of(e);
        } finally {
            events.cancel("nobody reads on", null); // nothing where the answer is complete
        }
    }

    private static Person person(String json) {
        try {
            Person.Builder person = Person.newBuilder();
            JsonFormat.parser().merge(json, person);
            return person.build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("valid by the schema, and no person: " + json, e);
        }
    }

    /** Ends what still runs. */
    @Override
    public void close() {
        gateway.shutdownNow();
    }
}
