package dev.tandem.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Reason;
import dev.tandem.testing.Failure;
import dev.tandem.testing.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an upstream does, its callers get one clear end, on every wire. */
@Timeout(60)
class FaultsTest {
    @TempDir private Path folder;

    static Stream<Arguments> faultsOnAllWires() {
        return Faults.all().stream()
                .flatMap(fault ->
                        Stream.of(Asking.values()).map(asking -> Arguments.of(fault, asking)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("faultsOnAllWires")
    void oneClearEnd(Fault fault, Asking asking) throws GeneralSecurityException, IOException {
        try (FaultyGateway gateway = new FaultyGateway(fault, folder)) {
            Reply<? extends Message> reply = gateway.call(fault, asking.wire(), asking.streams());

            if (fault.reason() == null) {
                assertThat(reply.ok()).as("%s", reply).isTrue();
                assertThat(gateway.call(fault, asking.wire(), asking.streams()).ok()).isTrue();
                assertThat(gateway.connections()).isEqualTo(2);
                return;
            }
            endsWith(fault.reason(), fault, asking, reply);
        }
    }

    private static void endsWith(
            Reason reason, Fault fault, Asking asking, Reply<? extends Message> reply) {
        boolean within = fault.begun() && asking.tellsWithin();
        Failure failure = reply.error();
        assertThat(reply.status()).isEqualTo(within ? 200 : asking.wire().status(reason.code()));
        assertThat(failure.reason()).isEqualTo(reason.name());
        assertThat(failure.retryAfter()).isEqualTo(fault.retryAfter());
        assertThat(failure.message()).endsWith(".").doesNotContain("127.0.0.1", "localhost");
        assertThat(reply.messages().isEmpty()).isEqualTo(!(fault.begun() && asking.streams()));
        if (asking.tellsWithin()) {
            List<String> said = reply.lines().stream().filter(line -> !line.isEmpty()).toList();
            assertThat(said).filteredOn(line -> line.contains("\"error\"")).hasSize(1);
            assertThat(said.getLast()).contains("\"error\""); // and no [DONE]
        }
    }
}
