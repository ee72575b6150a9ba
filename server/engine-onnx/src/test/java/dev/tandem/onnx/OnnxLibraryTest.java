package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxLibraryTest {
    @Test
    void platformsHaveTheNamesOfTheJar() {
        assertThat(OnnxLibrary.platform("Linux", "amd64")).contains("linux-x64");
        assertThat(OnnxLibrary.platform("Linux", "aarch64")).contains("linux-aarch64");
        assertThat(OnnxLibrary.platform("Mac OS X", "aarch64")).contains("osx-aarch64");
        assertThat(OnnxLibrary.platform("Windows 11", "amd64")).contains("win-x64");
        assertThat(OnnxLibrary.platform("Mac OS X", "x86_64")).isEmpty();
        assertThat(OnnxLibrary.platform("Linux", "riscv64")).isEmpty();
        assertThat(OnnxLibrary.platform("FreeBSD", "amd64")).isEmpty();
    }

    @Test
    void whyItCannotBeUsedIsTold(@TempDir Path folder) throws IOException {
        Path usual = Files.write(folder.resolve("usual"), new byte[300]);
        Path longer = Files.write(folder.resolve("longer"), new byte[5_000]);
        assertThat(OnnxLibrary.unusable("Linux", "amd64", usual)).isEmpty();
        assertThat(OnnxLibrary.unusable("Linux", "amd64", longer))
                .hasValueSatisfying(reason -> assertThat(reason).contains("3000", "5000"));
        assertThat(OnnxLibrary.unusable("Mac OS X", "aarch64", folder.resolve("none"))).isEmpty();
        assertThat(OnnxLibrary.unusable("FreeBSD", "amd64", usual))
                .hasValueSatisfying(reason -> assertThat(reason).contains("FreeBSD on amd64"));
    }

    @Test
    void everyPlatformHasItsLibraries() {
        assertThat(List.of("linux-x64", "linux-aarch64", "osx-aarch64", "win-x64"))
                .allSatisfy(platform -> {
                    String prefix = platform.startsWith("win") ? "" : "lib";
                    String suffix =
                            switch (platform.substring(0, 3)) {
                                case "win" -> ".dll";
                                case "osx" -> ".dylib";
                                default -> ".so";
                            };
                    for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
                        assertThat(
                                        OnnxLibrary.class.getResource(
                                                "/ai/onnxruntime/native/%s/%s%s%s"
                                                        .formatted(platform, prefix, name, suffix)))
                                .isNotNull();
                    }
                });
    }

    @Test
    void theLibraryIsUnpackedOnceAndADamagedFileAnew(@TempDir Path folder) throws IOException {
        MiniLm.load(MiniLmTest.LIBRARY, 1).close(); // loaded from elsewhere before
        OnnxLibrary.unpack(folder);
        List<Path> files = files(folder);
        assertThat(files).hasSize(2);
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        for (Path file : files) {
            Files.setLastModifiedTime(file, longAgo);
        }
        Files.write(files.getFirst(), new byte[7]);

        OnnxLibrary.unpack(folder);
        assertThat(files(folder)).isEqualTo(files);
        assertThat(Files.size(files.getFirst())).isGreaterThan(10_000);
        assertThat(Files.getLastModifiedTime(files.getLast())).isEqualTo(longAgo);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> OnnxLibrary.unpack(file))
                .isInstanceOf(OnnxLibrary.LibraryMissing.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void theReleaseIsTheOneThatIsNamed() {
        MiniLm.load(MiniLmTest.LIBRARY, 1).close();
        assertThat(OrtEnvironment.getEnvironment().getVersion()).isEqualTo(OnnxLibrary.VERSION);
    }
}
