package com.example.hello;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.hello.v1.GreetRequest;
import com.example.hello.v1.Greeting;
import com.example.hello.v1.HelloGrpc;
import dev.tandem.testing.EachUnaryWire;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class HelloTest {
    @AutoClose private final TestServer server = TestServer.start(Main.service());

    @EachUnaryWire
    void greetsByEveryWire(Wire wire) {
        GreetRequest request = GreetRequest.newBuilder().setName("Ada").build();

        assertThat(server.call(wire, HelloGrpc.getGreetMethod(), request))
                .hasMessage(Greeting.newBuilder().setText("Hello, Ada!").build());
    }

    @Test
    void greetsABrowser() {
        assertThat(server.get("/v1/greetings/Ada"))
                .hasStatus(200)
                .hasJson("{\"text\": \"Hello, Ada!\"}");
    }
}
