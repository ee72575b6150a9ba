package dev.tandem.clients.runner;

import com.google.protobuf.Message;
import dev.tandem.client.MessageStream;
import dev.tandem.client.TandemClient;
import dev.tandem.client.TandemException;
import dev.tandem.clients.runner.Outcome.Broken;
import dev.tandem.clients.runner.Outcome.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** gRPC, by the client that is tested. */
final class GrpcWire {
    private final TandemClient client;

    GrpcWire(TandemClient client) {
        this.client = client;
    }

    Outcome run(Asked call) {
        List<Message> messages = new ArrayList<>();
        try (MessageStream<Message> stream =
                clientFor(call).stream(call.method(), call.request())) {
            for (Message message : stream) {
                messages.add(message);
                if (call.enough(messages.size())) {
                    break;
                }
            }
            return new Outcome(messages, null);
        } catch (TandemException e) {
            return new Outcome(messages, failure(e));
        }
    }

    private TandemClient clientFor(Asked call) {
        TandemClient mine = client;
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            mine = mine.withHeader(header.getKey(), header.getValue());
        }
        return call.timeout() == null ? mine : mine.withTimeout(call.timeout());
    }

    private static Failure failure(TandemException e) {
        return new Failure(
                e.code().name(),
                e.reason(),
                String.valueOf(e.getMessage()),
                e.param(),
                e.violations().stream()
                        .map(each -> new Broken(each.field(), each.rule(), each.message()))
                        .toList(),
                e.retryAfter().map(Duration::toMillis).orElse(null),
                e.requestId());
    }
}
