package dev.tandem.tutorial;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository of Maven's with this build's own libraries, as if they had been installed. All
 * others come from the user's, which is only read.
 */
final class LocalRepository {
    private static final Pattern LIBRARY = Pattern.compile("(tandem-[a-z-]+)-([0-9].*)\\.jar");

    private final Path folder;

    private LocalRepository(Path folder) {
        this.folder = folder;
    }

    /** Makes it of the libraries that this test has on its class path. */
    static LocalRepository make(Path folder, Path checkout) throws IOException {
        LocalRepository repository = new LocalRepository(folder);
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Matcher library = LIBRARY.matcher(Path.of(entry).getFileName().toString());
            if (library.matches()) {
                repository.lay(library.group(1), library.group(2), Path.of(entry), checkout);
            }
        }
        return repository;
    }

    /** For the variable {@code MAVEN_ARGS}. */
    String mavenArguments() {
        String home = System.getProperty("user.home");
        String users =
                System.getProperty(
                        "maven.repo.local", Path.of(home, ".m2", "repository").toString());
        return "-Dmaven.repo.local=" + folder + " -Dmaven.repo.local.tail=" + users;
    }

    private void lay(String name, String version, Path jar, Path checkout) throws IOException {
        Files.copy(jar, place(name, version, "jar"), StandardCopyOption.REPLACE_EXISTING);
        try (JarFile archive = new JarFile(jar.toFile());
                InputStream pom =
                        archive.getInputStream(
                                archive.getJarEntry(
                                        "META-INF/maven/dev.tandem/" + name + "/pom.xml"))) {
            Files.copy(pom, place(name, version, "pom"), StandardCopyOption.REPLACE_EXISTING);
        }
        layPom("tandem", version, checkout.resolve("pom.xml"));
        layPom("tandem-service-parent", version, checkout.resolve("server/service-parent/pom.xml"));
    }

    private void layPom(String name, String version, Path pom) throws IOException {
        Files.copy(pom, place(name, version, "pom"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path place(String name, String version, String ending) throws IOException {
        Path place = folder.resolve("dev/tandem").resolve(name).resolve(version);
        Files.createDirectories(place);
        return place.resolve(name + "-" + version + "." + ending);
    }
}
