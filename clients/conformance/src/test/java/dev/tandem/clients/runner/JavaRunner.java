package dev.tandem.clients.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.client.RetryPolicy;
import dev.tandem.client.TandemClient;
import dev.tandem.client.TandemClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Objects;

/** Makes the calls that it reads, and writes what came of them. */
public final class JavaRunner {
    private final GrpcWire grpc;
    private final JsonWire json;
    private final EnvelopeWire envelopes;

    private JavaRunner(TandemClient client, Http http) {
        grpc = new GrpcWire(client);
        json = new JsonWire(http);
        envelopes = new EnvelopeWire(http);
    }

    /** Ends with its input. */
    public static void main(String[] arguments) throws Exception {
        String address = Objects.requireNonNull(System.getenv("TANDEM_ADDRESS"));
        String key = System.getenv("TANDEM_API_KEY");
        TandemClientBuilder client = TandemClient.builder(address).retries(RetryPolicy.none());
        if (key != null) {
            client.apiKey(key);
        }
        try (TandemClient made = client.build();
                Http http = new Http(address, key)) {
            PrintStream out = new PrintStream(System.out, true, UTF_8);
            JavaRunner runner = new JavaRunner(made, http);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Asked call = Asked.of(line);
                out.println(runner.run(call).json(call.id()));
            }
        }
    }

    private Outcome run(Asked call) throws IOException, InterruptedException {
        return switch (call.wire()) {
            case "grpc" -> grpc.run(call);
            case "grpc-web" -> envelopes.web(call);
            case "connect" -> envelopes.connect(call);
            default -> json.run(call);
        };
    }
}
