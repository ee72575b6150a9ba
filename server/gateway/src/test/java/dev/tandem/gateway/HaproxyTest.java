package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.runtime.Server;
import dev.tandem.testing.Client;
import dev.tandem.testing.Gate;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testing.Wire;
import dev.tandem.testtools.Ports;
import dev.tandem.testtools.Proxy;
import dev.tandem.v1.ChatRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Behind HAProxy. */
class HaproxyTest extends ProxyContract {
    private static final int MANY = 30;

    @Override
    int proxyPort(Wire wire, int serverPort) throws Exception {
        return proxyPort(serverPort, serverPort);
    }

    private int proxyPort(int one, int two) throws Exception {
        int port = Ports.free();
        closing(
                Proxy.haproxy(
                        folder,
                        Map.of(
                                "127.0.0.1:8080", "127.0.0.1:" + one,
                                "127.0.0.1:8090", "127.0.0.1:" + two,
                                "127.0.0.1:8083", "127.0.0.1:" + port,
                                "60s", PROXY_TIMEOUT + "s"),
                        port));
        return port;
    }

    /** A rolling restart: the server on which a stream runs stops. */
    @ParameterizedTest
    @EnumSource(names = {"GRPC", "SSE"})
    void aServerThatStopsGetsNothingNewAndLosesNothing(Wire wire) throws Exception {
        Gate gate = new Gate();
        Script held = Script.saying("a").pause(gate).say("b");
        Function<ChatRequest, Script> scripts =
                request -> request.getMessagesCount() == 2 ? held : Script.saying("c");
        List<ScriptedEngine> engines =
                List.of(new ScriptedEngine(scripts), new ScriptedEngine(scripts));
        List<Server> servers = engines.stream().map(this::serve).toList();
        Client client =
                closing(new Client(proxyPort(servers.getFirst().port(), servers.getLast().port())));
        try (OpenCall<? extends Message> running = stream(client, wire, twoMessages())) {
            running.next();
            int leaving = engines.getFirst().runs().isEmpty() ? 1 : 0;
            Thread stop = Thread.ofVirtual().start(servers.get(leaving)::close);

            untilNothingComesTo(engines.get(leaving), client, wire);
            gate.open();

            Reply<? extends Message> rest = running.rest();
            assertThat(rest.failure()).isNull();
            assertThat(Fixture.text(rest)).isEqualTo("ab");
            stop.join();
        }
    }

    private static ChatRequest twoMessages() {
        return Fixture.request().addMessages(Fixture.user("hold")).build();
    }

    /** Every one of the calls is answered. */
    private static void untilNothingComesTo(ScriptedEngine leaving, Client client, Wire stream) {
        Wire wire = stream == Wire.GRPC ? stream : Wire.REST;
        int elsewhere = 0;
        while (elsewhere < MANY) {
            int before = leaving.runs().size();
            assertThat(whole(client, wire, Fixture.request().build()).failure()).isNull();
            elsewhere = leaving.runs().size() == before ? elsewhere + 1 : 0;
        }
    }
}
