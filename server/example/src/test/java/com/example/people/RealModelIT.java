package com.example.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.people.v1.ExtractRequest;
import com.example.people.v1.LearnRequest;
import com.example.people.v1.PeopleGrpc;
import com.example.people.v1.Person;
import dev.tandem.runtime.background.Background;
import dev.tandem.testing.EachServerStreamWire;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import dev.tandem.testtools.ServedGateway;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the gateway as it is handed out, and its model. */
class RealModelIT {
    private static final String TEXT =
            "Ada Lovelace was born in 1815. Charles Babbage was born in 1791.";

    private static ServedGateway gateway;

    @BeforeAll
    static void serve() {
        gateway = ServedGateway.start();
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @EachServerStreamWire
    void theModelReadsPeopleOutOfAText(Wire wire) {
        try (TestServer server = Served.with(new Directory(), gateway.address())) {
            Reply<Person> reply =
                    server.call(
                            wire,
                            PeopleGrpc.getExtractMethod(),
                            ExtractRequest.newBuilder().setText(TEXT).build());

            assertThat(reply).isOk();
            assertThat(reply.messages()) // a small model has names right, and years less so
                    .extracting(Person::getName)
                    .contains("Ada Lovelace", "Charles Babbage");
        }
    }

    @Test
    void whatIsLearnedIsFound() {
        Directory directory = new Directory();
        try (TestServer server =
                TestServer.start(
                        Main.server(
                                directory,
                                new Extractor(gateway.address(), "default"),
                                new Background(Duration.ofMinutes(1))))) {
            assertThat(
                            server.call(
                                    Wire.REST,
                                    PeopleGrpc.getLearnMethod(),
                                    LearnRequest.newBuilder().setText(TEXT).build()))
                    .isOk();
        } // which waits for what it learns
        assertThat(directory.find("ada-lovelace")).isPresent();
    }
}
