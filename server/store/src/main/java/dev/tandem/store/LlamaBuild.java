package dev.tandem.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which build of llama.cpp's library to use. */
public enum LlamaBuild {
    /** Without a GPU; on a Mac with Metal. */
    CPU(""),
    /** For GPUs with a Vulkan driver. */
    VULKAN("-vulkan"),
    /** For GPUs of NVIDIA, with CUDA's libraries installed. */
    CUDA("-cuda");

    private final String suffix;

    LlamaBuild(String suffix) {
        this.suffix = suffix;
    }

    /** The one of this name, as settings have it: {@code cpu}, {@code vulkan}, {@code cuda}. */
    public static Optional<LlamaBuild> named(String name) {
        return Arrays.stream(values()).filter(build -> build.title().equals(name)).findFirst();
    }

    /** Its name in settings. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the package's name ends with. */
    String suffix() {
        return suffix;
    }
}
