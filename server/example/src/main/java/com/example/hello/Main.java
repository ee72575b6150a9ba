package com.example.hello;

import com.example.hello.v1.GreetRequest;
import com.example.hello.v1.Greeting;
import com.example.hello.v1.HelloGrpc;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;

/** The smallest service. */
public final class Main {
    static Greeting greet(GreetRequest request, Call call) {
        return Greeting.newBuilder().setText("Hello, " + request.getName() + "!").build();
    }

    static Service service() {
        return Service.of(HelloGrpc.getServiceDescriptor())
                .unary(HelloGrpc.getGreetMethod(), Main::greet)
                .build();
    }

    public static void main(String[] args) {
        Server.builder().port(8080).service(service()).start();
    }
}
