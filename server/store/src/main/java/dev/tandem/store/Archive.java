package dev.tandem.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Takes files out of archives, and never writes outside the folder that is named. */
final class Archive {
    private Archive() {}

    /**
     * Takes one file out of a zip file (a Python wheel is one).
     *
     * @param nameEnd how its name ends
     * @param most the most bytes that it may have
     */
    static void unzipOne(Path zip, String nameEnd, Path target, long most)
            throws IOException, StoreException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            ZipEntry entry =
                    file.stream()
                            .filter(each -> !each.isDirectory() && each.getName().endsWith(nameEnd))
                            .findFirst()
                            .orElseThrow(() ->
                                    new StoreException(
                                            zip.getFileName() + " holds no " + nameEnd + "."));
            try (InputStream in = file.getInputStream(entry)) {
                copy(in, target, most);
            }
        }
    }

    /**
     * Unpacks the regular files of a gzipped tar file. Links and devices are refused.
     *
     * @param most the most bytes that all files together may have
     */
    static void untar(Path tgz, Path folder, long most) throws IOException, StoreException {
        long left = most;
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(
                        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(tgz))))) {
            for (TarArchiveEntry entry = in.getNextEntry();
                    entry != null;
                    entry = in.getNextEntry()) {
                Path target = inside(folder, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
                    Path parent = target.getParent();
                    Files.createDirectories(parent == null ? folder : parent);
                    left -= copy(in, target, left);
                } else {
                    throw new StoreException(
                            tgz.getFileName() + " holds a link, " + entry.getName() + ": refused.");
                }
            }
        }
    }

    private static Path inside(Path folder, String name) throws StoreException {
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder.normalize()) || name.contains("\0")) {
            throw new StoreException(
                    "An archive holds the name " + name + ", which leads out of it.");
        }
        return target;
    }

    private static long copy(InputStream in, Path target, long most)
            throws IOException, StoreException {
        long written = 0;
        byte[] buffer = new byte[1 << 16];
        try (var out = Files.newOutputStream(target)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                written += n;
                if (written > most) {
                    throw new StoreException(
                            target.getFileName() + " is larger than it should be: refused.");
                }
                out.write(buffer, 0, n);
            }
        }
        return written;
    }
}
