package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.SectionReader;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.gateway.config.source.Problem;
import dev.tandem.gateway.config.source.Problems;
import dev.tandem.gateway.config.source.ReadFiles;
import dev.tandem.gateway.config.source.Reading;
import dev.tandem.gateway.config.source.Sources;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All settings as they were read at one moment, right or wrong: of flags, the environment, {@code
 * .env}, the file and the defaults, the first that has a value counts.
 */
public final class Configuration {
    private final Reading reading;
    private final Map<Section<?>, Values> values;
    private final IdentityHashMap<Section<?>, Object> records;
    private final List<Problem> notes;
    private final @Nullable Path file;

    private Configuration(
            Reading reading,
            Map<Section<?>, Values> values,
            IdentityHashMap<Section<?>, Object> records,
            List<Problem> notes,
            @Nullable Path file) {
        this.reading = reading;
        this.values = values;
        this.records = records;
        this.notes = notes;
        this.file = file;
    }

    /** Reads every section of the program. */
    public static Configuration read(Inputs inputs) {
        return read(Sections.ALL, inputs, null);
    }

    /**
     * Reads these sections.
     *
     * @param pinned the file that an earlier reading found, which must be there still; or null
     */
    public static Configuration read(
            List<Section<?>> sections, Inputs inputs, @Nullable Path pinned) {
        Reading reading = Reading.of(inputs);
        Sources sources =
                new Sources(
                        reading,
                        told ->
                                told.map(inputs.folder()::resolve)
                                        .orElseGet(() -> StoreSection.home(inputs)),
                        pinned);
        Map<Section<?>, Values> values = new LinkedHashMap<>();
        for (Section<?> section : sections) {
            values.put(section, new SectionReader(section, sources, reading).read());
        }
        UnknownNames unknown = new UnknownNames(sections, sources);
        unknown.inFile().forEach(reading.problems()::add);
        IdentityHashMap<Section<?>, Object> records =
                sources.tree().isPresent() ? records(values) : new IdentityHashMap<>();
        return new Configuration(
                reading, values, records, unknown.variables(), sources.file().orElse(null));
    }

    /**
     * Makes each section's record, which tells what is wrong between keys; then between sections.
     */
    private static IdentityHashMap<Section<?>, Object> records(Map<Section<?>, Values> values) {
        IdentityHashMap<Section<?>, Object> records = new IdentityHashMap<>();
        values.forEach(
                (section, its) -> record(section, its).ifPresent(r -> records.put(section, r)));
        Together.check(values);
        return records;
    }

    private static Optional<Object> record(Section<?> section, Values its) {
        boolean whole =
                section.keys().stream()
                        .allMatch(key -> !key.required() || its.find(key).isPresent());
        return whole ? Optional.of(section.reader().apply(its)) : Optional.empty();
    }

    /** This one, with another's values of all keys whose changes need a new start. */
    public Configuration withFixedOf(Configuration other) {
        Reading again = new Reading(new Problems(), reading.files(), reading.inputs());
        Map<Section<?>, Values> merged = new LinkedHashMap<>();
        values.forEach((section, its) ->
                merged.put(section, its.withFixedOf(other.values(section), section.keys(), again)));
        return new Configuration(again, merged, records(merged), notes, file);
    }

    /**
     * The settings.
     *
     * @throws SettingsException with every problem there is
     */
    public Settings settings() throws SettingsException {
        if (!problems().isEmpty()) {
            throw new SettingsException(problems());
        }
        return new Settings(records);
    }

    /**
     * A section's record, with defaults where something is wrong; empty where it cannot be made.
     */
    @SuppressWarnings("unchecked") // made by the section's own reader
    public <T> Optional<T> find(Section<T> section) {
        return Optional.ofNullable((T) records.get(section));
    }

    /** What is wrong; where there is anything, there are no settings. */
    public List<Problem> problems() {
        return reading.problems().all();
    }

    /** What is odd but stops nothing: variables that nobody knows. */
    public List<Problem> notes() {
        return notes;
    }

    /** The file that was read, where there is one. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Where the settings were read from. */
    public Inputs inputs() {
        return reading.inputs();
    }

    /** What files were read. */
    public ReadFiles files() {
        return reading.files();
    }

    /** The sections, in their order. */
    public List<Section<?>> sections() {
        return List.copyOf(values.keySet());
    }

    /** The values of a section, and where they came from. */
    public Values values(Section<?> section) {
        Values its = values.get(section);
        if (its == null) {
            throw new IllegalArgumentException(section.title() + " was not read");
        }
        return its;
    }
}
