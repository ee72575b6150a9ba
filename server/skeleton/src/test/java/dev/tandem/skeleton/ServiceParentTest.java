package dev.tandem.skeleton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What stands in the services' parent and in this build's is the same: neither inherits it. */
class ServiceParentTest {
    private static final Path OURS = LocalRepository.root().resolve("pom.xml");
    private static final Path PARENT =
            LocalRepository.root().resolve("server/service-parent/pom.xml");
    private static final Path SKELETON =
            LocalRepository.root().resolve("server/skeleton/project/pom.xml");

    private static final Pattern PROPERTY = Pattern.compile("<([a-z-]+\\.version)>(.*?)</\\1>");
    private static final Pattern PLUGIN =
            Pattern.compile(
                    "<artifactId>([a-z-]+-plugin)</artifactId>\\s*<version>(.*?)</version>");
    private static final Pattern OWN =
            Pattern.compile(
                    "<artifactId>tandem(?:-service-parent)?</artifactId>\\s*<version>(.*?)<");

    @Test
    void versionsOfLibrariesAreThoseOfThisBuild() throws IOException {
        Map<String, String> parent = found(PROPERTY, PARENT);
        parent.remove("tandem.version");

        assertThat(parent).hasSizeGreaterThan(2);
        assertThat(found(PROPERTY, OURS)).containsAllEntriesOf(parent);
    }

    @Test
    void versionsOfPluginsAreThoseOfThisBuild() throws IOException {
        Map<String, String> parent = found(PLUGIN, PARENT);

        assertThat(parent).hasSizeGreaterThan(5);
        assertThat(found(PLUGIN, OURS)).containsAllEntriesOf(parent);
    }

    @Test
    void theVersionIsTheSameEverywhere() throws IOException {
        String version = LocalRepository.version();

        assertThat(first(OURS)).isEqualTo(version);
        assertThat(first(PARENT)).isEqualTo(version);
        assertThat(first(SKELETON)).isEqualTo(version);
    }

    private static Map<String, String> found(Pattern pattern, Path pom) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = pattern.matcher(Files.readString(pom));
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        return found;
    }

    private static String first(Path pom) throws IOException {
        Matcher matcher = OWN.matcher(Files.readString(pom));
        assertThat(matcher.find()).as("%s has a version of Tandem", pom).isTrue();
        return matcher.group(1);
    }
}
