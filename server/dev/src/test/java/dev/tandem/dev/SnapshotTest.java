package dev.tandem.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
    @TempDir Path folder;

    @Test
    void newChangedAndRemovedFilesAreSeen() throws IOException {
        Files.writeString(folder.resolve("stays"), "1");
        Files.writeString(folder.resolve("goes"), "1");
        Files.writeString(folder.resolve("changes"), "1");
        Snapshot before = Snapshot.of(List.of(folder));

        Files.delete(folder.resolve("goes"));
        Files.writeString(folder.resolve("changes"), "12");
        Files.createDirectories(folder.resolve("deep"));
        Files.writeString(folder.resolve("deep").resolve("comes"), "1");

        assertThat(Snapshot.of(List.of(folder)).since(before))
                .containsExactly(
                        folder.resolve("changes"),
                        folder.resolve("deep").resolve("comes"),
                        folder.resolve("goes"));
    }

    @Test
    void whatEditorsLeaveForAMomentIsNoChange() throws IOException {
        Snapshot before = Snapshot.of(List.of(folder, folder.resolve("missing")));

        Files.writeString(folder.resolve(".Main.java.swp"), "1");
        Files.writeString(folder.resolve("Main.java~"), "1");

        assertThat(Snapshot.of(List.of(folder)).since(before)).isEmpty();
    }
}
