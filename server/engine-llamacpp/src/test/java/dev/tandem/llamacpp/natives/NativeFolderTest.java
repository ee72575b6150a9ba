package dev.tandem.llamacpp.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeFolderTest {
    @TempDir Path home;

    private static void create(Path folder, String... names) throws IOException {
        Files.createDirectories(folder);
        for (String name : names) {
            Files.createFile(folder.resolve(name));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "libggml-base.so, libggml.v0.5.0.so, libllama.v0.5.0.so",
        "libggml-base.dylib, libggml.metal.v0.5.0.dylib, libllama.metal.v0.5.0.dylib",
        "ggml-base.dll, ggml.v0.5.0.dll, llama.v0.5.0.dll"
    })
    void librariesAreFoundByTheNamesOfEveryPlatform(String base, String ggml, String llama)
            throws IOException {
        create(home, base, ggml, llama, "libllama-common.so", "libggml-cpu-x64.so");
        NativeFolder found = NativeFolder.find(home);
        assertThat(found.base()).hasFileName(base);
        assertThat(found.ggml()).hasFileName(ggml);
        assertThat(found.llama()).hasFileName(llama);
    }

    @Test
    void thePackageAndItsBinsAreAccepted() throws IOException {
        Path platform = home.resolve("bins").resolve(Platform.current().id());
        create(platform, "libggml-base.so", "libggml.v0.5.0.so", "libllama.v0.5.0.so");
        assertThat(NativeFolder.find(home).folder()).isEqualTo(platform);
        assertThat(NativeFolder.find(home.resolve("bins")).folder()).isEqualTo(platform);
        assertThat(NativeFolder.find(platform).folder()).isEqualTo(platform);
    }

    @Test
    void aFolderWithoutLibrariesSaysWhatIsNeeded() throws IOException {
        create(home, "libllama.v0.5.0.so");
        for (Path folder : new Path[] {home, home.resolve("absent")}) {
            assertThatExceptionOfType(LibraryUnusable.class)
                    .isThrownBy(() -> NativeFolder.find(folder))
                    .withMessageContaining(folder.toString())
                    .withMessageContaining("TANDEM_LLAMA_HOME");
        }
    }

    @Test
    void platformsAreNamedAsThePackages() {
        assertThat(Platform.of("Linux", "amd64").id()).isEqualTo("linux-x64");
        assertThat(Platform.of("Linux", "aarch64").id()).isEqualTo("linux-arm64");
        assertThat(Platform.of("Mac OS X", "aarch64").id()).isEqualTo("mac-arm64-metal");
        assertThat(Platform.of("Windows 11", "amd64").id()).isEqualTo("win-x64");
        assertThatExceptionOfType(LibraryUnusable.class)
                .isThrownBy(() -> Platform.of("Mac OS X", "x86_64"))
                .withMessageContaining("another engine");
    }
}
