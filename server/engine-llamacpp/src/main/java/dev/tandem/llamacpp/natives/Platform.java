package dev.tandem.llamacpp.natives;

import java.util.Locale;

/**
 * A platform that llama.cpp is packaged for; the id is the name of its folder and the end of its
 * package's name.
 */
public enum Platform {
    LINUX_X64("linux-x64"),
    LINUX_ARM64("linux-arm64"),
    MAC_ARM64("mac-arm64-metal"),
    WINDOWS_X64("win-x64");

    private final String id;

    Platform(String id) {
        this.id = id;
    }

    /** As in {@code linux-x64}. */
    public String id() {
        return id;
    }

    /**
     * The platform of this machine.
     *
     * @throws LibraryUnusable where llama.cpp is not packaged for it
     */
    public static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String system, String processor) {
        String os = system.toLowerCase(Locale.ROOT);
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        boolean intel = processor.equals("amd64") || processor.equals("x86_64");
        if (os.contains("linux") && (arm || intel)) {
            return arm ? LINUX_ARM64 : LINUX_X64;
        }
        if (os.contains("mac") && arm) {
            return MAC_ARM64;
        }
        if (os.contains("windows") && intel) {
            return WINDOWS_X64;
        }
        throw new LibraryUnusable(
                "the embedded engine has no libraries for "
                        + system
                        + " on "
                        + processor
                        + "; configure another engine");
    }
}
