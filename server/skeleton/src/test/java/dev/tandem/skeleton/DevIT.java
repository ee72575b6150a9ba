package dev.tandem.skeleton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Client;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Wire;
import dev.tandem.testtools.Ports;
import dev.tandem.testtools.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code ./mvnw -Pdev}: what is changed is served soon. */
@TestMethodOrder(OrderAnnotation.class)
class DevIT {
    private static final Logger LOG = Logger.getLogger(DevIT.class.getName());
    private static final Path FOLDER = Path.of("target", "made", "orders").toAbsolutePath();
    private static final String SERVICE = "src/main/java/com/example/orders/OrdersService.java";
    private static final String EXTRA = "com/example/orders/v1/Extra";
    private static final String PROTO = "src/main/proto/orders/v1/orders.proto";

    /** Far above what docs/development.md tells, so that a loaded machine fails no test. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int PORT = Ports.free();

    private static NewService project;
    private static Running dev;

    @BeforeAll
    static void start() throws IOException {
        project = NewService.make(FOLDER);
        dev = project.mvnw("-Pdev").with("PORT", String.valueOf(PORT)).start();
        dev.await("dev: started in");
    }

    @AfterAll
    static void stop() {
        dev.stop();
        long begin = System.nanoTime();
        while (listens()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("the service ends with what started it")
                    .isLessThan(PATIENCE);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    @Order(1)
    void aChangedClassIsServed() throws IOException {
        await(reply -> reply.body().contains("There is no item"));

        project.change(SERVICE, "There is no item ", "Nobody has ");
        Duration took = await(reply -> reply.body().contains("Nobody has nope."));

        dev.await("dev: changed: OrdersService.java").await("dev: restarted in");
        LOG.info(() -> "a changed class was served after " + took);
    }

    @Test
    @Order(2)
    void whatDoesNotCompileIsShownAndChangesNothing() throws IOException {
        project.change(SERVICE, "Nobody has ", "Nobody \" has ");

        dev.await("OrdersService.java:").await("dev: not restarted");
        assertThat(get("/v1/orders/nope").body()).contains("Nobody has nope.");

        project.change(SERVICE, "Nobody \" has ", "None has ");
        await(reply -> reply.body().contains("None has nope."));
    }

    @Test
    @Order(3)
    void aChangedProtoFileIsServed() throws IOException {
        project.change(PROTO, "{get: \"/v1/orders/{id}\"}", "{get: \"/v1/orders/one/{id}\"}");

        Duration took =
                await("/v1/orders/one/nope", reply -> reply.body().contains("None has nope."));

        dev.await("dev: changed: orders.proto");
        LOG.info(() -> "a changed .proto file was served after " + took);
    }

    @Test
    @Order(4)
    void aWrongProtoFileIsShownAndChangesNothing() throws IOException {
        project.change(PROTO, "string text = 2;\n}", "string text = 1;\n}");

        dev.await("dev: changed: orders.proto")
                .await("src/main/proto/orders/v1/orders.proto:")
                .await("Field number 1 has already been used");
        assertThat(get("/v1/orders/one/nope").body()).contains("None has nope.");
    }

    @Test
    @Order(5)
    void ofAMessageThatIsGoneNothingIsLeft() throws IOException {
        Path source = FOLDER.resolve("target/generated-sources/protobuf", EXTRA + ".java");
        Path compiled = FOLDER.resolve("target/classes", EXTRA + ".class");
        project.change(
                PROTO,
                "string text = 1;\n}",
                "string text = 2;\n}\nmessage Extra {\n  int32 a = 1;\n}");
        await("a message that is new", () -> Files.exists(compiled));
        assertThat(source).exists();

        project.change(PROTO, "\nmessage Extra {\n  int32 a = 1;\n}", "");

        await("a message that is gone", () -> Files.notExists(compiled));
        assertThat(source).doesNotExist();
        await("/v1/orders/one/nope", reply -> reply.body().contains("None has nope."));
    }

    private static Duration await(Predicate<HttpReply> wanted) {
        return await("/v1/orders/nope", wanted);
    }

    /** How long it took until the answer was as wanted. */
    private static Duration await(String path, Predicate<HttpReply> wanted) {
        return await(path, () -> answers(path, wanted));
    }

    private static Duration await(String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(waited).as("%s of %s", what, dev).isLessThan(PATIENCE);
            assertThat(dev.alive()).as("%s", dev).isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static boolean answers(String path, Predicate<HttpReply> wanted) {
        try {
            return wanted.test(get(path));
        } catch (UncheckedIOException e) {
            return false; // it is being started
        }
    }

    private static HttpReply get(String path) {
        try (Client client = new Client(PORT)) {
            return client.http(Wire.Version.HTTP_1_1, HttpRequest.get(path));
        }
    }

    private static boolean listens() {
        try {
            return get("/health").status() > 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
