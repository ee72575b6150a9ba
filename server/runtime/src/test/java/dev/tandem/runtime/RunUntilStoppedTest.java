package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The last line of a program's main method. */
class RunUntilStoppedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Logger log = Logger.getLogger(Server.class.getName());
    private final CountDownLatch listens = new CountDownLatch(1);
    private final Server server = Server.builder().start();
    private final Handler lines = new Lines();
    private volatile boolean interrupted;
    private final Thread program =
            Thread.ofPlatform()
                    .unstarted(() -> {
                        server.runUntilStopped();
                        interrupted = Thread.currentThread().isInterrupted();
                    });

    private final class Lines extends Handler {
        @Override
        public void publish(LogRecord line) {
            if (line.getMessage().equals("listens on port " + server.port())) {
                listens.countDown();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void begin() throws InterruptedException {
        log.addHandler(lines);
        program.start();
        assertThat(listens.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(program.isAlive()).isTrue();
    }

    @AfterEach
    void end() {
        server.close();
        log.removeHandler(lines);
    }

    @Test
    void itReturnsWhenTheServerHasStopped() throws Exception {
        server.close();

        assertThat(program.join(PATIENCE)).isTrue();
        assertThat(interrupted).isFalse();
    }

    @Test
    void anInterruptStopsTheServer() throws Exception {
        int port = server.port();

        program.interrupt();

        assertThat(program.join(PATIENCE)).isTrue();
        assertThat(interrupted).isTrue();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }
}
