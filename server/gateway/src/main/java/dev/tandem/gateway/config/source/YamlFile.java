package dev.tandem.gateway.config.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML, or JSON, which is YAML too, as nodes with their places. Scalars stay as they are written:
 * what is a number is for the keys to say. Depth, aliases and the number of values have limits, so
 * that no file can take more than a few megabytes.
 */
final class YamlFile {
    private static final int DEEPEST = 40;
    private static final int MOST_ALIASES = 100;
    private static final int MOST_VALUES = 20_000;
    private static final int LARGEST = 1 << 20;
    private static final List<String> NOTHING = List.of("", "~", "null", "Null", "NULL");

    /** How marks become places. */
    interface Place {
        /** Of a line and a column, from 1. */
        Origin at(int line, int column);
    }

    /** No YAML, or nothing that a configuration can be. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private final Place place;
    private final @Nullable References references;
    private final Problems problems;
    private int values;

    private YamlFile(Place place, @Nullable References references, Problems problems) {
        this.place = place;
        this.references = references;
        this.problems = problems;
    }

    /** The file's places. */
    static Place in(String file, Path folder) {
        return (line, column) -> new Origin.InFile(file, line, column, folder);
    }

    /**
     * Reads a text of at most 1 MiB.
     *
     * @param references null where none are followed
     * @return nothing where it is not YAML, which is a problem then
     */
    static Optional<Node> read(
            String text, Place place, @Nullable References references, Problems problems) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        try {
            org.yaml.snakeyaml.nodes.Node root =
                    new Composer(
                                    new ParserImpl(new StreamReader(text), limits),
                                    new Resolver(),
                                    limits)
                            .getSingleNode();
            if (root == null) {
                return Optional.of(new Node.Nothing(place.at(1, 1)));
            }
            return Optional.of(new YamlFile(place, references, problems).node(root, "", 0));
        } catch (YAMLException e) {
            problems.add(YamlFaults.problem(e, text, place));
        } catch (Refused e) {
            problems.add(Problem.at(place.at(1, 1), String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private Node node(org.yaml.snakeyaml.nodes.Node node, String path, int depth) {
        values++;
        if (values > MOST_VALUES) {
            throw new Refused(
                    "this has more than %d values once its aliases (*) are followed."
                            .formatted(MOST_VALUES));
        }
        if (depth > DEEPEST) {
            throw new Refused("this is nested more than %d deep.".formatted(DEEPEST));
        }
        Origin origin = origin(node.getStartMark());
        if (!node.getTag().startsWith(Tag.PREFIX)) {
            problems.add(
                    Problem.of(
                            origin,
                            path,
                            "tags (!) have no meaning here; leave it out, or quote the value."));
        }
        return switch (node) {
            case MappingNode map -> fields(map, origin, path, depth);
            case SequenceNode list -> {
                List<Node> items = new ArrayList<>();
                for (org.yaml.snakeyaml.nodes.Node item : list.getValue()) {
                    items.add(node(item, path + "[" + items.size() + "]", depth + 1));
                }
                yield new Node.Items(items, origin);
            }
            case ScalarNode scalar -> scalar(scalar, origin, path);
            default -> throw new IllegalStateException(node.getNodeId().toString());
        };
    }

    private Node scalar(ScalarNode scalar, Origin origin, String path) {
        String written = scalar.getValue();
        if (scalar.getScalarStyle() == ScalarStyle.PLAIN && NOTHING.contains(written)) {
            return new Node.Nothing(origin);
        }
        if (references == null) {
            return new Node.Text(written, written, origin);
        }
        try {
            return new Node.Text(references.followed(written), written, origin);
        } catch (References.BrokenReference e) {
            problems.add(Problem.of(origin, path, String.valueOf(e.getMessage())));
            return new Node.Nothing(origin);
        }
    }

    private Node fields(MappingNode map, Origin origin, String path, int depth) {
        List<Node.Field> fields = new ArrayList<>();
        Map<String, Origin> seen = new HashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            Origin at = origin(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(Problem.at(at, "a key must be a name."));
                continue;
            }
            String name = key.getValue();
            String inner = path.isEmpty() ? name : path + "." + name;
            Origin first = seen.putIfAbsent(name, at);
            if (first != null) {
                problems.add(
                        Problem.of(
                                at,
                                inner,
                                "stands here a second time, first at %s; keep one."
                                        .formatted(first.text())));
                continue;
            }
            fields.add(new Node.Field(name, at, node(tuple.getValueNode(), inner, depth + 1)));
        }
        return new Node.Fields(fields, origin);
    }

    private Origin origin(Mark mark) {
        return place.at(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
