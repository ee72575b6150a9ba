package dev.tandem.gateway.config;

import dev.tandem.runtime.WireLimit;
import dev.tandem.runtime.tls.TlsSettings;
import dev.tandem.store.Machine;
import dev.tandem.store.Storage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the program can be told.
 *
 * @param listen where it serves
 * @param tls how it speaks TLS; empty where it does not
 * @param limits what it takes and how long it waits
 * @param times how long answers may take
 * @param wire every limit of connections, in its own unit
 * @param storage where its files are
 * @param embedded the engine inside the program
 * @param embeddings the embedding model inside the program
 * @param notes what is odd but stops nothing, a sentence each
 */
public record Settings(
        Listen listen,
        Optional<TlsSettings> tls,
        Limits limits,
        Times times,
        Map<WireLimit, Long> wire,
        Storage storage,
        Embedded embedded,
        Embedding embeddings,
        List<String> notes) {

    public Settings {
        wire = Map.copyOf(wire);
        notes = List.copyOf(notes);
    }

    /** Reads the environment of this process. */
    public static Settings ofEnvironment() throws SettingsException {
        return of(System.getenv(), Machine.here());
    }

    /**
     * Reads settings.
     *
     * @throws SettingsException with every problem there is
     */
    public static Settings of(Map<String, String> environment, Machine machine)
            throws SettingsException {
        Reader reader = new Reader(environment);
        Listen listen = Listen.read(reader);
        Optional<TlsSettings> tls = TlsSection.read(reader);
        Limits limits = Limits.read(reader);
        Times times = Times.read(reader);
        Map<WireLimit, Long> wire = WireSection.read(reader);
        Storage storage = StorageSection.read(reader, environment, machine);
        Embedded embedded = Embedded.read(reader, machine);
        Embedding embeddings = Embedding.read(reader, machine);
        List<String> notes = reader.unknown();
        reader.complain();
        return new Settings(listen, tls, limits, times, wire, storage, embedded, embeddings, notes);
    }
}
