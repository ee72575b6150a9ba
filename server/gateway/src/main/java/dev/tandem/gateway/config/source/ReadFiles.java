package dev.tandem.gateway.config.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files that were read, with what stood in them: so that it can be told whether they have
 * changed, however they are replaced. For one thread.
 */
public final class ReadFiles {
    private static final int LARGEST = 1 << 20;
    private static final byte[] NONE = {};

    private final Map<Path, Optional<byte[]>> contents = new LinkedHashMap<>();

    /** None yet. */
    public ReadFiles() {}

    /**
     * The text of a file of at most 1 MiB in UTF-8, without a byte order mark.
     *
     * @param shown how problems name it
     * @return empty where there is no text; that is a problem, unless there is no such file
     */
    Optional<String> text(Path file, String shown, Problems problems) {
        Optional<byte[]> content = content(file);
        if (Files.isRegularFile(file) || Files.notExists(file)) {
            contents.put(file, content); // a pipe can be read but once
        }
        if (content.isEmpty()) {
            if (Files.exists(file)) {
                problems.add(
                        new Problem(
                                shown
                                        + (Files.isDirectory(file)
                                                ? ": this is a folder; name the file in it."
                                                : ": the file may not be read by the user that runs"
                                                        + " the program.")));
            }
            return Optional.empty();
        }
        byte[] bytes = content.orElse(NONE);
        if (bytes.length > LARGEST) {
            problems.add(new Problem(shown + ": the file is larger than 1 MiB."));
            return Optional.empty();
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            problems.add(new Problem(shown + ": the file is not in UTF-8."));
            return Optional.empty();
        }
    }

    /** Remembers a file that is not there, so that its coming is a change. */
    void missing(Path file) {
        contents.put(file, Optional.empty());
    }

    /** Does the same stand in all of them now? */
    public boolean unchanged() {
        return contents.entrySet().stream()
                .allMatch(each -> same(each.getValue(), content(each.getKey())));
    }

    /** Are these the same files with the same content? */
    public boolean same(ReadFiles other) {
        return contents.keySet().equals(other.contents.keySet())
                && contents.entrySet().stream()
                        .allMatch(each ->
                                same(
                                        each.getValue(),
                                        other.contents.getOrDefault(
                                                each.getKey(), Optional.empty())));
    }

    private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return one.isPresent() == other.isPresent()
                && Arrays.equals(one.orElse(NONE), other.orElse(NONE));
    }

    private static Optional<byte[]> content(Path file) {
        if (Files.isDirectory(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(LARGEST + 1));
        } catch (IOException e) {
            return Optional.empty(); // as if it were not there; text() says why
        }
    }
}
