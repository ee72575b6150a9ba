package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.test.v1.FormServiceGrpc;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What opens and closes with the server. */
class ResourceTest {
    private final List<String> happened = new CopyOnWriteArrayList<>();

    @Test
    void resourcesOpenInOrderBeforeThePortAndCloseInReverse() {
        Server server =
                Server.builder()
                        .resource(new Told("a"))
                        .resource((AutoCloseable) () -> happened.add("close b"))
                        .resource(new Told("c"))
                        .start();
        assertThat(happened).containsExactly("open a", "open c");

        server.close();

        assertThat(happened).containsExactly("open a", "open c", "close c", "close b", "close a");
    }

    @Test
    void whileTheyOpenNobodyIsServed() {
        int port = freePort();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Server server =
                Server.builder()
                        .port(port)
                        .resource(
                                new Told("a") {
                                    @Override
                                    public void open() {
                                        seen.add(connected(port) ? "served" : "not served");
                                    }
                                })
                        .start();
        server.close();

        assertThat(seen).containsExactly("not served");
    }

    @Test
    void theyCloseWhenNoCallRunsAnyMore() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        BlockingQueue<Call> waiting = new LinkedBlockingQueue<>();
        Server server =
                Server.builder()
                        .service(waiting(goOn, waiting))
                        .resource(new Told("a"))
                        .drainLimit(Duration.ofSeconds(20))
                        .start();
        Thread client =
                Thread.ofVirtual()
                        .start(() ->
                                RawAnswer.to(
                                        RawAnswer.Version.HTTP_1_1,
                                        server.port(),
                                        "POST",
                                        "/f/send",
                                        new byte[0]));
        assertThat(waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
        Thread closing = Thread.ofVirtual().start(server::close);

        goOn.countDown();
        closing.join();
        client.join();

        assertThat(happened).containsExactly("open a", "handled", "close a");
    }

    /** Java kills the program when its hooks have returned. */
    @Test
    void theProgramsExitWaitsForAnotherThreadThatCloses() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch closes = new CountDownLatch(1);
        Server server =
                Server.builder()
                        .resource(
                                (AutoCloseable)
                                        () -> {
                                            closes.countDown();
                                            goOn.await();
                                            happened.add("closed");
                                        })
                        .start();
        Thread closing = Thread.ofVirtual().start(server::close);
        assertThat(closes.await(20, TimeUnit.SECONDS)).isTrue();
        Thread exit =
                Thread.ofVirtual()
                        .start(() -> {
                            server.closeAtExit();
                            happened.add("exit");
                        });

        assertThat(exit.join(Duration.ofMillis(200))).isFalse();
        goOn.countDown();
        closing.join();
        exit.join();

        assertThat(happened).containsExactly("closed", "exit");
    }

    @Test
    void oneThatDoesNotOpenKeepsTheServerFromStartingAndTheOthersClose() {
        ServerBuilder builder =
                Server.builder()
                        .resource(new Told("a"))
                        .resource(
                                new Told("b") {
                                    @Override
                                    public void open() throws IOException {
                                        throw new IOException("no such host");
                                    }
                                })
                        .resource(new Told("c"))
                        .resource((AutoCloseable) () -> happened.add("close d"));

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not be opened: no such host")
                .hasCauseInstanceOf(IOException.class);
        assertThat(happened).containsExactly("open a", "close d", "close a");
    }

    @Test
    void anUncheckedExceptionGoesThrough() {
        ServerBuilder builder =
                Server.builder()
                        .resource(new Told("a"))
                        .resource(
                                new Told("b") {
                                    @Override
                                    public void open() {
                                        throw new UnsupportedOperationException("b");
                                    }
                                });

        assertThatThrownBy(builder::start)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("b");
        assertThat(happened).containsExactly("open a", "close a");
    }

    @Test
    void oneWhoseClassesAreMissingIsNotClosed() {
        ServerBuilder builder =
                Server.builder()
                        .resource(new Told("a"))
                        .resource(
                                new Told("b") {
                                    @Override
                                    public void open() {
                                        throw new NoClassDefFoundError("b");
                                    }
                                });

        assertThatThrownBy(builder::start).isInstanceOf(NoClassDefFoundError.class);
        assertThat(happened).containsExactly("open a", "close a");
    }

    @Test
    void whereThePortIsTakenAllClose() {
        try (Server first = Server.builder().start()) {
            ServerBuilder second = Server.builder().port(first.port()).resource(new Told("a"));

            assertThatThrownBy(second::start).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(happened).containsExactly("open a", "close a");
    }

    @Test
    void whereSomethingIsWrongBeforeNothingOpens() {
        ServerBuilder builder =
                Server.builder()
                        .host("0.0.0.0")
                        .resource(new Told("a"))
                        .resource((AutoCloseable) () -> happened.add("close b"));

        assertThatThrownBy(builder::start).isInstanceOf(IllegalArgumentException.class);
        assertThat(happened).containsExactly("close b");
    }

    @Test
    void oneThatCannotCloseForWantOfAClassKeepsNoOtherOpen() {
        Server server =
                Server.builder()
                        .resource(new Told("a"))
                        .resource(
                                (AutoCloseable)
                                        () -> {
                                            throw new NoClassDefFoundError("b");
                                        })
                        .start();
        server.close();

        assertThat(happened).containsExactly("open a", "close a");
    }

    @Test
    void oneThatDoesNotCloseKeepsNoOtherOpen() {
        Server server =
                Server.builder()
                        .resource(new Told("a"))
                        .resource(
                                (AutoCloseable)
                                        () -> {
                                            throw new IOException("b");
                                        })
                        .resource(new Told("c"))
                        .start();
        server.close();

        assertThat(happened).containsExactly("open a", "open c", "close c", "close a");
    }

    @Test
    void inAServerOfOnesOwnTheyOpenWhenItIsPutTogether() throws Exception {
        WebServerConfig.Builder web = WebServer.builder();
        AutoCloseable installed = Server.builder().resource(new Told("a")).installOn(web);
        assertThat(happened).containsExactly("open a");

        installed.close();

        assertThat(happened).containsExactly("open a", "close a");
    }

    private Service waiting(CountDownLatch goOn, BlockingQueue<Call> waiting) {
        return Service.of(FormServiceGrpc.getServiceDescriptor())
                .unary(
                        FormServiceGrpc.getSendMethod(),
                        (form, call) -> {
                            waiting.add(call);
                            goOn.await();
                            happened.add("handled");
                            return form;
                        })
                .stream(FormServiceGrpc.getWatchMethod(), (form, sink, call) -> {})
                .unary(FormServiceGrpc.getStrictMethod(), (form, call) -> form)
                .build();
    }

    private static int freePort() {
        try (Server server = Server.builder().start()) {
            return server.port();
        }
    }

    private static boolean connected(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private class Told implements Resource {
        private final String name;

        Told(String name) {
            this.name = name;
        }

        @Override
        public void open() throws Exception {
            happened.add("open " + name);
        }

        @Override
        public void close() {
            happened.add("close " + name);
        }
    }
}
