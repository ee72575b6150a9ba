package dev.tandem.skeleton;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A repository of Maven's below {@code target} with this build's own artifacts, for projects that
 * take them. All others come from the user's repository, which is only read.
 */
final class LocalRepository {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path FOLDER = Path.of("target", "repository").toAbsolutePath();
    private static final Pattern ARTIFACT =
            Pattern.compile(
                    "(?s)<artifactId>(tandem[a-z-]*)</artifactId>\\s*(<version>|<name>|<packaging>)");
    private static final Pattern VERSION =
            Pattern.compile("<tandem\\.version>(.*)</tandem\\.version>");

    private LocalRepository() {}

    /** Lays the artifacts down; those on the class path of the tests, and the poms. */
    static void fill() throws IOException {
        String version = version();
        lay("tandem", version, ROOT.resolve("pom.xml"), "pom");
        for (Path pom : poms()) {
            String artifact = artifact(pom);
            Optional<Path> jar = jar(artifact, version);
            if (jar.isPresent()) {
                lay(artifact, version, jar.get(), "jar");
            }
            if (jar.isPresent() || artifact.equals("tandem-service-parent")) {
                lay(artifact, version, pom, "pom");
            }
        }
    }

    /** What Maven is told by the variable {@code MAVEN_ARGS}, so that it finds them. */
    static String mavenArguments() {
        String users =
                System.getProperty(
                        "maven.repo.local",
                        Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        return "-Dmaven.repo.local=" + FOLDER + " -Dmaven.repo.local.tail=" + users;
    }

    static Path root() {
        return ROOT;
    }

    static String version() throws IOException {
        String parent = Files.readString(ROOT.resolve("server/service-parent/pom.xml"));
        Matcher version = VERSION.matcher(parent);
        if (!version.find()) {
            throw new IllegalStateException("server/service-parent/pom.xml has no tandem.version");
        }
        return version.group(1);
    }

    private static List<Path> poms() throws IOException {
        try (Stream<Path> server = Files.list(ROOT.resolve("server"));
                Stream<Path> proto =
                        Stream.of(ROOT.resolve("proto"), ROOT.resolve("proto/options"))) {
            return Stream.concat(server, proto)
                    .map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList();
        }
    }

    private static String artifact(Path pom) throws IOException {
        // behind the parent's, where there is one
        String text = Files.readString(pom).replaceFirst("(?s)<parent>.*?</parent>", "");
        Matcher artifact = ARTIFACT.matcher(text);
        if (!artifact.find()) {
            throw new IllegalStateException(pom + " has no artifactId");
        }
        return artifact.group(1);
    }

    private static Optional<Path> jar(String artifact, String version) {
        String name = artifact + "-" + version + ".jar";
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(each -> each.endsWith(name))
                .findFirst();
    }

    private static void lay(String artifact, String version, Path file, String ending)
            throws IOException {
        Path folder = FOLDER.resolve("dev/tandem").resolve(artifact).resolve(version);
        Files.createDirectories(folder);
        Files.copy(
                file,
                folder.resolve(artifact + "-" + version + "." + ending),
                StandardCopyOption.REPLACE_EXISTING);
    }
}
