package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {
    private static final String PATH = "/models/small.gguf";

    @TempDir Path home;
    private final byte[] content = gguf(300_000, (byte) 7);
    private FileServer server;
    private Store store;

    @BeforeEach
    void start() throws IOException {
        server = new FileServer(content);
        store =
                new Store(
                        new Storage(home, Optional.empty(), Optional.empty()),
                        new Said(),
                        Machine.here(),
                        "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFileArrivesWholeUnderItsHostAndPath() throws Exception {
        Path file = pull();

        assertThat(file).hasBinaryContent(content);
        assertThat(home.resolve("models").relativize(file).toString())
                .matches("127\\.0\\.0\\.1_[0-9]+/models/small\\.gguf");
        assertThat(leftovers(file)).isEmpty();
    }

    @Test
    void aFileThatIsThereIsNotFetchedAgain() throws Exception {
        pull();
        pull();

        assertThat(server.ranges()).containsExactly("-");
    }

    /** From where the file was asked for; a connection that breaks may lose its last bytes. */
    private List<Integer> starts() {
        return server.ranges().stream()
                .map(range -> range.replaceAll("[^0-9]", ""))
                .map(start -> start.isEmpty() ? 0 : Integer.parseInt(start))
                .toList();
    }

    @Test
    void aDownloadThatBreaksOffGoesOnByItself() throws Exception {
        server.breaks.add(100_000);
        server.breaks.add(50_000);

        assertThat(pull()).hasBinaryContent(content);
        List<Integer> starts = starts();
        assertThat(starts).hasSize(3);
        assertThat(starts.get(0)).isZero();
        assertThat(starts.get(1)).isPositive().isLessThanOrEqualTo(100_000);
        assertThat(starts.get(2)).isGreaterThan(starts.get(1)).isLessThanOrEqualTo(150_000);
    }

    @Test
    void alaterRunGoesOnWhereTheEarlierOneBrokeOff() throws Exception {
        server.breaks.add(100_000);
        server.breaks.add(0);
        assertThatThrownBy(this::pull)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("broke off after 100,000 bytes")
                .hasMessageContaining("goes on from there");

        assertThat(pull()).hasBinaryContent(content);
        List<Integer> starts = starts();
        assertThat(starts).hasSize(3);
        assertThat(starts.get(1)).isPositive().isLessThanOrEqualTo(100_000);
        assertThat(starts.get(2)).isEqualTo(starts.get(1));
    }

    @Test
    void aFileThatChangedMeanwhileBeginsAnew() throws Exception {
        server.breaks.add(100_000);
        server.breaks.add(0);
        assertThatThrownBy(this::pull).isInstanceOf(StoreException.class);
        server.content = gguf(200_000, (byte) 9);
        server.tag = "\"two\"";

        assertThat(pull()).hasBinaryContent(server.content);
    }

    @Test
    void aServerWithoutStrongTagsIsNeverAskedForTheRest() throws Exception {
        server.tag = "W/\"weak\"";
        server.breaks.add(100_000);

        assertThat(pull()).hasBinaryContent(content);
        assertThat(server.ranges()).containsExactly("-", "-");
    }

    @Test
    void aFileThatShrankUnderTheSameTagBeginsAnew() throws Exception {
        server.breaks.add(100_000);
        server.breaks.add(0);
        assertThatThrownBy(this::pull).isInstanceOf(StoreException.class);
        server.status = 416;
        assertThatThrownBy(this::pull)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("shorter");
        server.status = 200;

        assertThat(pull()).hasBinaryContent(content);
    }

    @Test
    void aRightSumIsTakenAndAWrongOneThrownAway() throws Exception {
        Path file = pull();
        String sum = Sha.sha256(file);
        assertThat(store.pull(server.address(PATH), Optional.of(sum))).isEqualTo(file);
        Files.delete(file);

        assertThatThrownBy(() -> store.pull(server.address(PATH), Optional.of("0".repeat(64))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("expected " + "0".repeat(64) + ", found " + sum);
        assertThat(file).doesNotExist();
        assertThat(leftovers(file)).isEmpty();
    }

    @Test
    void whatIsNotGgufIsRefusedAtItsFirstBytes() {
        server.content = "<html>sign in</html>".repeat(10_000).getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(this::pull)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not a GGUF file");
    }

    @Test
    void aRedirectIsFollowed() throws Exception {
        server.location = server.address(PATH).toString();

        assertThat(store.pull(server.address("/moved/other.gguf"), Optional.empty()))
                .hasFileName("other.gguf")
                .hasBinaryContent(content);
    }

    @Test
    void aRedirectToHttpElsewhereIsRefused() {
        server.location = "http://models.example/small.gguf";

        assertThatThrownBy(() -> store.pull(server.address("/moved/a.gguf"), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("must begin with https://");
    }

    @Test
    void aRedirectThatNeverEndsIsGivenUp() {
        server.location = server.address("/moved/b.gguf").toString();

        assertThatThrownBy(() -> store.pull(server.address("/moved/a.gguf"), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("leads on and on");
    }

    @Test
    void aRefusalSaysWhatToDo() {
        server.status = 404;
        assertThatThrownBy(this::pull).hasMessageContaining("There is no file at");
        server.status = 401;
        assertThatThrownBy(this::pull).hasMessageContaining("TANDEM_MODEL");
        server.status = 503;
        assertThatThrownBy(this::pull).hasMessageContaining("answered 503");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        URI gone = server.address(PATH);
        server.close();

        assertThatThrownBy(() -> store.pull(gone, Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("127.0.0.1 cannot be reached");
    }

    private Path pull() throws StoreException, InterruptedException {
        return store.pull(server.address(PATH), Optional.empty());
    }

    private static Stream<Path> leftovers(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files
                    .filter(each -> !each.equals(file))
                    .filter(each -> !each.toString().endsWith(".lock"))
                    .toList()
                    .stream();
        }
    }

    private static byte[] gguf(int length, byte fill) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, fill);
        System.arraycopy("GGUF".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 4);
        return bytes;
    }
}
