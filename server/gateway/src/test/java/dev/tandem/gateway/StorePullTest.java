package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.admin.AllowedHosts;
import dev.tandem.gateway.admin.Residence;
import dev.tandem.gateway.admin.StoreHost;
import dev.tandem.runtime.call.Call;
import dev.tandem.store.Storage;
import dev.tandem.testing.Failure;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Wire;
import dev.tandem.v1.AdminServiceGrpc;
import dev.tandem.v1.EngineModel;
import dev.tandem.v1.ListEngineModelsRequest;
import dev.tandem.v1.LoadModelRequest;
import dev.tandem.v1.PullProgress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that operators bring into the program's store: from allowed hosts, as they should be. */
@Timeout(60)
class StorePullTest {
    private static final byte[] MODEL = "GGUF and the rest".getBytes(StandardCharsets.UTF_8);

    @TempDir Path home;

    private FileHost files;
    private Operated operated;
    private final Homes homes = new Homes();

    /** Remembers what was loaded. */
    private static final class Homes implements Residence {
        private final List<String> done = new CopyOnWriteArrayList<>();

        @Override
        public boolean loaded(Path file) {
            return done.contains("load " + file.getFileName());
        }

        @Override
        public void load(String model, Path file, Call call) {
            done.add("load " + file.getFileName());
        }

        @Override
        public void unload(String model, Path file, Call call) {
            done.add("unload " + file.getFileName());
        }
    }

    @BeforeEach
    void start() {
        files = new FileHost(MODEL);
        Storage storage = new Storage(home, Optional.empty(), Optional.empty());
        AllowedHosts hosts = AllowedHosts.of(List.of("127.0.0.1", "*.example.com"));
        operated = new Operated(new StoreHost(storage, hosts, Optional.of(homes)));
    }

    @AfterEach
    void stop() {
        operated.close();
        files.close();
    }

    private Reply<PullProgress> pull(String address, String sha256) {
        try (OpenCall<PullProgress> call =
                operated.pulling(Wire.SSE, Operated.pull(address).setSha256(sha256).build())) {
            return call.rest();
        }
    }

    private static String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(MODEL));
    }

    private List<EngineModel> kept() {
        return operated.call(
                        Wire.GRPC,
                        AdminServiceGrpc.getListEngineModelsMethod(),
                        ListEngineModelsRequest.newBuilder().setEngine("keeper").build())
                .message()
                .getModelsList();
    }

    @Test
    void aFileComesAndIsListedAndLoaded() throws Exception {
        assertThat(kept()).isEmpty();

        Reply<PullProgress> reply = pull(files.address("/org/m.gguf"), sha256());

        assertThat(reply.ok()).isTrue();
        assertThat(reply.messages().getFirst().getStage()).isEqualTo("downloading");
        assertThat(reply.messages().getLast())
                .isEqualTo(
                        PullProgress.newBuilder()
                                .setStage("done")
                                .setDone(MODEL.length)
                                .setTotal(MODEL.length)
                                .build());
        EngineModel model = kept().getFirst();
        assertThat(model.getName()).isEqualTo("127.0.0.1_" + files.port() + "/org/m.gguf");
        assertThat(model.getBytes()).isEqualTo(MODEL.length);
        assertThat(model.getLoaded()).isFalse();
        assertThat(load(model.getName())).isEqualTo("ok");
        assertThat(kept().getFirst().getLoaded()).isTrue();
    }

    @Test
    void aFileWithAnotherSumIsThrownAway() {
        Reply<PullProgress> reply = pull(files.address("/m.gguf"), "0".repeat(64));

        assertThat(reply.error().reason()).isEqualTo("pull_failed");
        assertThat(reply.error().message()).contains("sum is wrong");
        assertThat(kept()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example.org/m.gguf,  model",
        "https://example.com/m.gguf,       model",
        "https://[::1]/m.gguf,             model",
        "ftp://127.0.0.1/m.gguf,           ''",
        "m.gguf,                           model",
        "'https://a b/',                   model"
    })
    void otherHostsAreRefused(String address, String param) throws Exception {
        Failure failure = pull(address, sha256()).error();

        assertThat(failure.param() == null ? "" : failure.param()).isEqualTo(param);
        assertThat(failure.reason())
                .isEqualTo(param.isEmpty() ? "pull_failed" : "unsupported_value");
    }

    @Test
    void anAddressThatLeadsToAnotherHostIsNotFollowed() throws Exception {
        Failure failure = pull(files.address("/away.gguf"), sha256()).error();

        assertThat(failure.reason()).isEqualTo("pull_failed");
        assertThat(failure.message()).contains("localhost");
        assertThat(files.asked()).containsExactly("/away.gguf");
    }

    @Test
    void aFileNeedsItsSum() {
        try (OpenCall<PullProgress> call =
                operated.pulling(Wire.GRPC, Operated.pull(files.address("/m.gguf")).build())) {
            assertThat(call.rest().error().param()).isEqualTo("sha256");
        }
        assertThat(files.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"../secret.gguf", "/etc/passwd", "nothing.gguf", "m.txt"})
    void whatIsNotInTheStoreIsNotFound(String model) {
        assertThat(load(model)).isEqualTo("model_not_found");
        assertThat(homes.done).isEmpty();
    }

    private String load(String model) {
        var reply =
                operated.call(
                        Wire.REST,
                        AdminServiceGrpc.getLoadModelMethod(),
                        LoadModelRequest.newBuilder().setEngine("keeper").setModel(model).build());
        return reply.ok() ? "ok" : reply.error().reason();
    }

    @Test
    void whoLeavesEndsTheDownload() throws Exception {
        try (OpenCall<PullProgress> call =
                operated.pulling(
                        Wire.SSE,
                        Operated.pull(files.address("/stalled.gguf"))
                                .setSha256(sha256())
                                .build())) {
            assertThat(Objects.requireNonNull(call.next()).getStage()).isEqualTo("downloading");
            call.leave();

            assertThat(files.awaitLeft()).isTrue();
        }
        assertThat(kept()).isEmpty();
    }
}
