package dev.tandem.gateway.config.source;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One reading of all settings; for one thread.
 *
 * @param problems collects what is wrong
 * @param files remembers what was read
 * @param inputs what is read from
 */
public record Reading(Problems problems, ReadFiles files, Inputs inputs) {

    /** A reading that begins. */
    public static Reading of(Inputs inputs) {
        return new Reading(new Problems(), new ReadFiles(), inputs);
    }

    /** A file as people would name it: relative to the working directory, where it is below. */
    public String shown(Path file) {
        Path absolute = inputs.folder().resolve(file).normalize();
        return absolute.startsWith(inputs.folder())
                ? inputs.folder().relativize(absolute).toString()
                : absolute.toString();
    }

    /** The JSON in a value, or else a problem. */
    public Optional<Node> json(Node.Text text) {
        return YamlFile.read(
                text.value(),
                (line, column) -> new Origin.Inside(text.origin(), line, column),
                null,
                problems);
    }

    /** The content of the file that a value names, without the line's end at its end. */
    public Optional<Node.Text> secret(Node.Text path, String key) {
        Path file = path.origin().folder().resolve(path.value().strip()).normalize();
        int before = problems.size();
        Optional<String> text = files.text(file, path.origin().text() + ": " + file, problems);
        if (text.isEmpty() && problems.size() == before) {
            problems.add(Problem.of(path.origin(), key, "there is no file " + file + "."));
        }
        return text.map(content -> {
            String value = content.replaceFirst("\\r?\\n\\z", "");
            return new Node.Text(value, "", new Origin.SecretFile(path.origin(), file));
        });
    }
}
