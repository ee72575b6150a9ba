package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.hosting.BindableServices;
import dev.tandem.test.v1.GatherResponse;
import dev.tandem.test.v1.TalkRequest;
import dev.tandem.test.v1.TalkResponse;
import dev.tandem.test.v1.TalkServiceGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that was written for grpc-java, its interceptor included, as WebSockets. */
class HostedWebSocketTest {
    private static final long PATIENCE = 20;
    private static final String TALK = "/v1/rooms/blue/talk";
    private static final Context.Key<String> TEAM = Context.key("team");

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private Server server;

    @BeforeEach
    void start() {
        server =
                Server.builder()
                        .service(
                                new BindableServices()
                                        .host(
                                                ServerInterceptors.intercept(
                                                        new Talker(), new TeamsOnly())))
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Lets in who says a team, and tells the service which. */
    private static final class TeamsOnly implements ServerInterceptor {
        private static final Metadata.Key<String> HEADER =
                Metadata.Key.of("x-team", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            String team = headers.get(HEADER);
            if (team == null) {
                call.close(
                        Status.PERMISSION_DENIED.withDescription("Say your team."), new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return Contexts.interceptCall(
                    Context.current().withValue(TEAM, team), call, headers, next);
        }
    }

    private final class Talker extends TalkServiceGrpc.TalkServiceImplBase {
        @Override
        public StreamObserver<TalkRequest> talk(StreamObserver<TalkResponse> answers) {
            String team = TEAM.get();
            ((ServerCallStreamObserver<TalkResponse>) answers)
                    .setOnCancelHandler(() -> events.add("cancelled"));
            return new StreamObserver<>() {
                @Override
                public void onNext(TalkRequest request) {
                    if (request.getText().equals("fail")) {
                        answers.onError(
                                Status.NOT_FOUND
                                        .withDescription("No such room.")
                                        .asRuntimeException());
                        return;
                    }
                    String text = team + ": " + request.getText();
                    answers.onNext(
                            TalkResponse.newBuilder()
                                    .setRoom(request.getRoom())
                                    .setText(text)
                                    .build());
                }

                @Override
                public void onError(Throwable thrown) {
                    events.add("error");
                }

                @Override
                public void onCompleted() {
                    answers.onNext(TalkResponse.newBuilder().setText("bye").build());
                    answers.onCompleted();
                }
            };
        }

        @Override
        public StreamObserver<TalkRequest> gather(StreamObserver<GatherResponse> answer) {
            GatherResponse.Builder all = GatherResponse.newBuilder();
            return new StreamObserver<>() {
                @Override
                public void onNext(TalkRequest request) {
                    all.addTexts(request.getText());
                }

                @Override
                public void onError(Throwable thrown) {
                    events.add("error");
                }

                @Override
                public void onCompleted() {
                    answer.onNext(all.build());
                    answer.onCompleted();
                }
            };
        }
    }

    private SocketClient open(String path) {
        return SocketClient.open(server.port(), path, builder -> builder.header("x-team", "reds"));
    }

    @Test
    void messagesGoBothWaysThroughTheInterceptor() {
        try (SocketClient client = open(TALK)) {
            assertThat(client.send("{\"text\":\"hi\"}").next())
                    .contains("\"room\":\"blue\",\"text\":\"reds: hi\"");
            assertThat(client.send("{\"text\":\"you\"}").next()).contains("reds: you");
            assertThat(client.end().next()).contains("bye");
            assertThat(client.next()).isEqualTo("close 1000");
        }
    }

    @Test
    void aClientStreamIsAnsweredAtItsEnd() {
        try (SocketClient client = open("/v1/gather")) {
            client.send("{\"text\":\"a\"}").send("{\"text\":\"b\"}").end();

            assertThat(client.next()).isEqualTo("[\"a\",\"b\"]");
            assertThat(client.next()).isEqualTo("close 1000");
        }
    }

    @Test
    void whatTheInterceptorRefusesIsAnErrorOfTheCall() {
        try (SocketClient client = SocketClient.open(server.port(), TALK)) {
            assertThat(client.next()).contains("Say your team.").contains("permission_error");
            assertThat(client.next()).startsWith("close 4403 ").endsWith("Say your team.");
        }
    }

    @Test
    void aStatusIsTheLastMessage() {
        try (SocketClient client = open(TALK).send("{\"text\":\"fail\"}")) {
            assertThat(client.next()).contains("No such room.");
            assertThat(client.next()).startsWith("close 4404 ").endsWith("No such room.");
        }
    }

    @Test
    void theServiceHearsThatItsClientLeft() throws InterruptedException {
        try (SocketClient client = open(TALK).send("{\"text\":\"hi\"}")) {
            client.next();
            client.leave();

            assertThat(events.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("cancelled");
        }
    }
}
