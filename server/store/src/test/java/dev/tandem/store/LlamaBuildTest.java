package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LlamaBuildTest {
    private static final Machine LINUX = new Machine("Linux", "amd64", Path.of("home"), 2);
    private static final Machine MAC = new Machine("Mac OS X", "aarch64", Path.of("home"), 2);

    @Test
    void settingsNameBuildsByTheirWords() {
        assertThat(LlamaBuild.named("vulkan")).contains(LlamaBuild.VULKAN);
        assertThat(LlamaBuild.named("cpu")).contains(LlamaBuild.CPU);
        assertThat(LlamaBuild.named("metal")).isEmpty();
    }

    @Test
    void eachBuildIsAPackageOfItsOwn() {
        assertThat(LlamaPackage.of(LINUX, LlamaBuild.CPU).orElseThrow().platform())
                .isEqualTo("linux-x64");
        assertThat(LlamaPackage.of(LINUX, LlamaBuild.CUDA).orElseThrow().platform())
                .isEqualTo("linux-x64-cuda");
        assertThat(LlamaPackage.of(LINUX, LlamaBuild.VULKAN).orElseThrow().integrity())
                .startsWith("sha512-");
        assertThat(LlamaPackage.of(MAC, LlamaBuild.CUDA)).isEmpty();
    }
}
