package dev.tandem.gateway;

import com.google.protobuf.Message;
import dev.tandem.engines.Engine;
import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.StoreSection;
import dev.tandem.gateway.config.live.LiveSettings;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.gateway.engine.EnginesSection;
import dev.tandem.gateway.engine.Fleet;
import dev.tandem.gateway.engine.FleetChanges;
import dev.tandem.gateway.engine.GgufLoader;
import dev.tandem.gateway.engine.LlamaSettings;
import dev.tandem.gateway.engine.ModelsSection;
import dev.tandem.gateway.engine.Opened;
import dev.tandem.gateway.engine.UnusableEngineException;
import dev.tandem.gateway.engine.Workshop;
import dev.tandem.routing.MachineTiming;
import dev.tandem.store.Machine;
import dev.tandem.store.Progress;
import dev.tandem.store.Store;
import dev.tandem.testing.Caller;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.v1.ChatServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** A gateway with the engines and models of a {@code tandem.yaml}, which is followed. */
final class RoutedGateway implements AutoCloseable {
    private final Path folder;
    private final LiveSettings live;
    private final Workshop workshop;
    private final MachineTiming timing = new MachineTiming();
    private final Fleet.Change first;
    final Fleet fleet;
    final TestServer server;

    RoutedGateway(Path folder, String yaml) throws Exception {
        this(folder, yaml, GatewaySettings.ofLoopback(), RoutedGateway::nothing);
    }

    /**
     * @param gguf loads models into this process
     */
    RoutedGateway(Path folder, String yaml, GatewaySettings gatewaySettings, GgufLoader gguf)
            throws Exception {
        this.folder = folder;
        write(yaml);
        Machine machine = new Machine("Linux", "amd64", folder.resolve("ada"), 8);
        live =
                LiveSettings.of(
                        Configuration.read(
                                new Inputs(
                                        Map.of(),
                                        Map.of("TANDEM_HOME", folder.toString()),
                                        folder,
                                        machine,
                                        null)));
        Random random = new Random(7);
        workshop = workshop(live.get(StoreSection.SECTION), machine, gguf);
        fleet = new Fleet(workshop, timing, random, List.of());
        Settings settings = live.now();
        first =
                fleet.prepare(
                        settings.get(EnginesSection.SECTION), settings.get(ModelsSection.SECTION));
        first.take();
        Gateway gateway = new Gateway(gatewaySettings, fleet.models(), (call, spent) -> {});
        gateway.take(new FleetStates(fleet, Instant.EPOCH));
        gateway.measure(fleet::upstreams);
        server = TestServer.of(gateway.start());
        FleetChanges changes = new FleetChanges(fleet, () -> {});
        live.onChange(
                List.of(EnginesSection.SECTION, ModelsSection.SECTION),
                next ->
                        changes.prepare(
                                next.get(EnginesSection.SECTION), next.get(ModelsSection.SECTION)));
        live.watch();
    }

    private static Engine nothing(Path home, Path file, LlamaSettings wanted)
            throws UnusableEngineException {
        throw new UnusableEngineException("not here", new IllegalStateException());
    }

    private static Workshop workshop(StoreSection section, Machine machine, GgufLoader gguf) {
        Store store = new Store(section.storage(), Progress.silent(), machine, "");
        return Workshop.of(store, gguf, section.storage(), section.pullHosts());
    }

    /** Loads what the first engines need, as a start does. */
    void load() throws Exception {
        for (Opened.Loading loading : first.loadings()) {
            loading.run();
        }
    }

    /** What doctor finds of an engine. */
    Finding look(String engine) throws InterruptedException {
        return Objects.requireNonNull(live.get(EnginesSection.SECTION).get(engine))
                .look(engine, workshop);
    }

    /** Replaces the file, as editors do. */
    void write(String yaml) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), yaml);
        Files.move(next, folder.resolve("tandem.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }

    Reply<? extends Message> call(Way way) {
        try (OpenCall<? extends Message> call = open(way)) {
            return call.rest();
        }
    }

    OpenCall<? extends Message> open(Way way) {
        var request = Fixture.request().setModel("chat").build();
        return way.streams()
                ? server.client()
                        .open(way.wire(), ChatServiceGrpc.getStreamMethod(), request, Caller.PLAIN)
                : server.client()
                        .open(
                                way.wire(),
                                ChatServiceGrpc.getCompleteMethod(),
                                request,
                                Caller.PLAIN);
    }

    @Override
    public void close() {
        live.close();
        server.close();
        fleet.close();
        timing.close();
    }
}
