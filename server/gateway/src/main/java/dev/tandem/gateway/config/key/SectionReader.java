package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Node;
import dev.tandem.gateway.config.source.Origin;
import dev.tandem.gateway.config.source.Problem;
import dev.tandem.gateway.config.source.Reading;
import dev.tandem.gateway.config.source.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the keys of a section, each from the source that counts. */
public final class SectionReader {
    private final Section<?> section;
    private final Sources sources;
    private final Reading reading;
    private final Node.Fields fields;

    /**
     * For one section.
     *
     * @param sources have been read
     */
    public SectionReader(Section<?> section, Sources sources, Reading reading) {
        this.section = section;
        this.sources = sources;
        this.reading = reading;
        this.fields = fields();
    }

    /** What stands in the file under the section's name. */
    private Node.Fields fields() {
        Node.Fields none =
                new Node.Fields(List.of(), new Origin.Default(reading.inputs().folder()));
        Node top = sources.tree().orElse(none);
        if (!(top instanceof Node.Fields all)) {
            return none;
        }
        if (section.name().isEmpty()) {
            return all;
        }
        Node own = all.find(section.name()).filter(node -> !node.unset()).orElse(none);
        if (own instanceof Node.Fields map) {
            return map;
        }
        reading.problems()
                .add(
                        Problem.of(
                                own.origin(),
                                section.name(),
                                Spot.kind(own)
                                        + " is not "
                                        + shape().allowed().replace("`", "")
                                        + "."));
        return none;
    }

    private Shape<?> shape() {
        return new Shape<>(section.keys(), Function.identity());
    }

    /** Every key that is set, and what is wrong with it. */
    public Values read() {
        Values values = new Values(spot(section.name(), ""), key -> section.setting(key).called());
        section.keys().forEach(key -> read(section.setting(key), values));
        if (!section.name().isEmpty()) {
            List<String> known = shape().names();
            fields.fields().stream()
                    .filter(field -> !known.contains(field.name()))
                    .forEach(field ->
                            reading.problems()
                                    .add(Shape.unknown(field, spot(section.name(), ""), known)));
        }
        return values;
    }

    private <K> void read(Setting<K> setting, Values values) {
        Key<K> key = setting.key();
        Spot spot = spot(setting.path(), key.required() ? "" : key.advice(reading.inputs()));
        Optional<Node> node = node(setting);
        node.ifPresent(found -> Shape.put(values, key, found, spot));
        if (node.isEmpty() && key.required()) {
            reading.problems()
                    .add(
                            new Problem(
                                    setting.called()
                                            + " must be set: "
                                            + Spot.plain(key.type().allowed())
                                            + "."));
        }
    }

    /** From the source that counts: flag, environment, {@code .env}, file. */
    private Optional<Node> node(Setting<?> setting) {
        List<Function<String, Optional<Node.Text>>> ways =
                List.of(sources::flag, sources::environment, sources::dotEnv);
        for (Function<String, Optional<Node.Text>> way : ways) {
            Optional<Node> node = told(setting, way);
            if (node.isPresent()) {
                return node;
            }
        }
        Spot spot = spot(section.name(), "");
        return Shape.node(fields, setting.key(), spot).filter(node -> !node.unset());
    }

    private Optional<Node> told(Setting<?> setting, Function<String, Optional<Node.Text>> way) {
        List<Node.Text> told = new ArrayList<>();
        setting.variables().forEach(variable -> way.apply(variable).ifPresent(told::add));
        if (told.isEmpty()) {
            return Optional.empty();
        }
        Node.Text last = told.getLast();
        if (told.size() > 1) {
            reading.problems()
                    .add(
                            Problem.at(
                                    last.origin(),
                                    "%s is set too; keep one of them."
                                            .formatted(told.getFirst().origin().text())));
            return Optional.of(told.getFirst());
        }
        boolean file = way.apply(setting.variable()).isEmpty();
        return file
                ? reading.secret(last, setting.path()).map(Node.class::cast)
                : Optional.of(last);
    }

    private Spot spot(String path, String advice) {
        return new Spot(path, advice, reading);
    }
}
