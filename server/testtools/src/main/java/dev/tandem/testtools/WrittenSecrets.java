package dev.tandem.testtools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for credentials in what tests made servers and commands write: the reports of tests, which
 * have what was logged, and what {@link Running} programs printed. Real keys and tokens are known
 * by their form, so tests use such.
 */
public final class WrittenSecrets {
    /** Below {@code target}; a file for each program that ran. */
    static final Path PRINTED = Path.of("target", "printed");

    /**
     * A whole API key, or more than half of one, also as a password of Basic, whose base64 begins
     * anywhere; the head and body of a token.
     */
    private static final Pattern SECRET =
            Pattern.compile(
                    "tdm_[0-9A-Za-z]{24,}"
                            + "|(dGRtX|RkbV|0ZG1f)[0-9A-Za-z+/]{32,}"
                            + "|eyJ[0-9A-Za-z_-]{10,}\\.eyJ[0-9A-Za-z_-]{10,}");

    private static final Pattern LOOKED_AT = Pattern.compile(".*\\.(xml|txt|log|out|err|json)");

    private WrittenSecrets() {}

    /** Those in a text. */
    public static List<String> in(String text) {
        Matcher matcher = SECRET.matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    /**
     * What was written when the tests of this module had run: their reports, and what programs
     * printed.
     */
    public static List<Path> written() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String folder : List.of("surefire-reports", "failsafe-reports")) {
            all.addAll(files(Path.of("target", folder)));
        }
        all.addAll(files(PRINTED));
        try (Stream<Path> logs = Files.list(Path.of("target"))) {
            all.addAll(logs.filter(file -> file.toString().endsWith(".log")).toList());
        }
        return all;
    }

    /** What programs printed, those of {@link Running} alone. */
    public static List<Path> printed() throws IOException {
        return files(PRINTED);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> LOOKED_AT.matcher(file.toString()).matches()).toList();
        }
    }

    /**
     * Fails where one of the files has a credential, without repeating it, and where none of them
     * has a text by which one sees that they have what servers write.
     */
    public static void areInNone(List<Path> files, String expected) throws IOException {
        List<String> found = new ArrayList<>();
        boolean told = false;
        for (Path file : files) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            told |= text.contains(expected);
            for (String secret : in(text)) {
                found.add(file + " has " + secret.substring(0, 8) + "…");
            }
        }
        assertThat(told).as("'%s' stands in %s", expected, files).isTrue();
        assertThat(found).isEmpty();
    }
}
