package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Section;
import java.util.IdentityHashMap;

/** All that the program is told, at one moment: a record a section. Never changes. */
public final class Settings {
    private final IdentityHashMap<Section<?>, Object> records;

    Settings(IdentityHashMap<Section<?>, Object> records) {
        this.records = new IdentityHashMap<>(records);
    }

    /**
     * The record of a section.
     *
     * @throws IllegalArgumentException where the section was not among those that were read
     */
    @SuppressWarnings("unchecked") // made by the section's own reader
    public <T> T get(Section<T> section) {
        Object record = records.get(section);
        if (record == null) {
            throw new IllegalArgumentException(section.title() + " is not in Sections.ALL");
        }
        return (T) record;
    }
}
