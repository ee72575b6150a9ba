package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A port whose process has no file descriptors left. */
@EnabledOnOs(OS.LINUX)
class OpenFilesTest {
    private static final int LIMIT = 400;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String REQUEST =
            "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static Running start() {
        return Command.of(
                        List.of(
                                "sh",
                                "-c",
                                "ulimit -n "
                                        + LIMIT
                                        + "; exec \"$0\" --enable-native-access=ALL-UNNAMED -cp \"$1\" "
                                        + FewFiles.class.getName(),
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                System.getProperty("java.class.path")))
                .start();
    }

    private static int port(Running server) {
        String told = server.await(" now\n").text();
        return Integer.parseInt(told.replaceAll("(?s).*listens on (\\d+) now.*", "$1"));
    }

    private static Socket ask(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean answers(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return socket.getInputStream().read() != -1;
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            return false;
        }
    }

    @Test
    void newConnectionsWaitUntilThereAreFilesAgain() throws Exception {
        try (Running server = start()) {
            int port = port(server);
            assertThat(answer(ask(port))).startsWith("HTTP/1.1 200");
            server.say("take\n").await("take done");
            server.say("take again\n")
                    .await("take again done"); // the first call's file, if it ended late
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(ask(port));
            }
            assertThat(answers(waiting.getLast(), 300)).isFalse();
            server.await("too many open files");

            server.say("free\n").await("free done");

            for (Socket each : waiting) {
                assertThat(answer(each)).as(server::text).startsWith("HTTP/1.1 200");
            }
            assertThat(answer(ask(port))).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void connectionsAloneDoNotUseUpTheFiles() throws Exception {
        try (Running server = start()) {
            int port = port(server);
            List<Socket> silent = new ArrayList<>();
            for (int i = 0; i < LIMIT + 50; i++) {
                Socket socket = new Socket();
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                silent.add(socket);
            }
            Socket last = ask(port);
            assertThat(answers(last, 300)).isFalse();

            for (Socket each : silent) {
                each.close();
            }

            assertThat(answer(last)).startsWith("HTTP/1.1 200");
            assertThat(answer(ask(port))).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void thoseAboveTheMostConnectionsAreServedWhenOthersEnd() throws Exception {
        try (Server server =
                        Server.builder().limits(Map.of(WireLimit.MAX_CONNECTIONS, 2L)).start();
                Socket second = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            Socket third;
            try (Socket first = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                third = ask(server.port());
                assertThat(answers(third, 300)).isFalse();
            }

            assertThat(answer(third)).startsWith("HTTP/1.1 200");
        }
    }
}
