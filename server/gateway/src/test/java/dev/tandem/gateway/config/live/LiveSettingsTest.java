package dev.tandem.gateway.config.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.store.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that changes while the program runs. */
class LiveSettingsTest {
    /** Pace may change while running, room may not. */
    private record Traffic(int pace, int room) {
        static final Key<Integer> PACE =
                Key.of("pace", Types.integer(1, 9), "A pace.").fallback(1).whileRunning();
        static final Key<Integer> ROOM = Key.of("room", Types.integer(1, 9), "Room.").fallback(1);
        static final Section<Traffic> SECTION =
                Section.of(
                        "traffic",
                        "Traffic.",
                        in -> {
                            if (in.get(PACE) > in.get(ROOM)) {
                                in.problem(PACE, "is more than " + in.called(ROOM) + ".");
                            }
                            return new Traffic(in.get(PACE), in.get(ROOM));
                        },
                        PACE,
                        ROOM);
    }

    @TempDir Path folder;

    private final List<String> log = new ArrayList<>();
    private final Logger logger = Logger.getLogger(LiveSettings.class.getName());
    private final Handler listener =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    log.add(line.getLevel() + " " + line.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        logger.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(listener);
    }

    private LiveSettings open() throws Exception {
        Machine machine = new Machine("Linux", "amd64", folder.resolve("ada"), 8);
        return LiveSettings.of(
                Configuration.read(
                        List.of(Traffic.SECTION),
                        new Inputs(Map.of(), Map.of(), folder, machine, null),
                        null));
    }

    private void write(int pace, int room) throws Exception {
        Files.writeString(folder.resolve("tandem.yaml"), text(pace, room));
    }

    private static String text(int pace, int room) {
        return "traffic:\n  pace: %d\n  room: %d\n".formatted(pace, room);
    }

    private static void lookTwice(LiveSettings settings) {
        settings.look();
        settings.look();
    }

    @Test
    void whatMayChangeIsTakenAndTheRestIsToldByName() throws Exception {
        write(2, 5);
        try (LiveSettings settings = open()) {
            List<Traffic> taken = new ArrayList<>();
            settings.follow(Traffic.SECTION, taken::add);
            write(3, 6);
            settings.look();
            assertThat(settings.get(Traffic.SECTION)).isEqualTo(new Traffic(2, 5));
            settings.look();

            assertThat(settings.get(Traffic.SECTION)).isEqualTo(new Traffic(3, 5));
            assertThat(taken).containsExactly(new Traffic(3, 5));
            assertThat(log)
                    .containsExactly(
                            "INFO Settings: traffic.pace is now 3 (tandem.yaml:2:9).",
                            "WARNING Settings: traffic.room is changed to 6 (tandem.yaml:3:9) and needs"
                                    + " a new start; until then 5 stays in force.");
            lookTwice(settings);
            assertThat(log).hasSize(2);
        }
    }

    @Test
    void aWrongFileIsRefusedWithEveryProblemOnce() throws Exception {
        write(2, 5);
        try (LiveSettings settings = open()) {
            Files.writeString(folder.resolve("tandem.yaml"), "traffic: {pace: x, rom: 1}\n");
            lookTwice(settings);
            lookTwice(settings);
            assertThat(settings.get(Traffic.SECTION)).isEqualTo(new Traffic(2, 5));
            assertThat(log)
                    .containsExactly(
                            "WARNING Settings: the change is not taken, the old settings stay in force.",
                            "WARNING Settings: tandem.yaml:1:17: traffic.pace: 'x' is not 1 to 9"
                                    + " (default: 1).",
                            "WARNING Settings: tandem.yaml:1:20: traffic.rom: there is no such key; did"
                                    + " you mean room?");
            Files.delete(folder.resolve("tandem.yaml"));
            lookTwice(settings);
            assertThat(log).last().asString().contains("tandem.yaml: there is no such file.");
            write(4, 5);
            lookTwice(settings);
            assertThat(settings.get(Traffic.SECTION)).isEqualTo(new Traffic(4, 5));
        }
    }

    @Test
    void whatFitsOnlyWithAKeyThatNeedsANewStartIsRefused() throws Exception {
        write(2, 5);
        try (LiveSettings settings = open()) {
            write(7, 8);
            lookTwice(settings);
            assertThat(settings.get(Traffic.SECTION)).isEqualTo(new Traffic(2, 5));
            assertThat(log).hasSize(2).last().asString().contains("is more than traffic.room");
        }
    }

    @Test
    void whereOneRefusesNobodyTakes() throws Exception {
        write(2, 5);
        try (LiveSettings settings = open()) {
            List<Traffic> taken = new ArrayList<>();
            settings.follow(Traffic.SECTION, taken::add);
            settings.onChange(
                    Traffic.SECTION,
                    next -> {
                        throw new Taker.RefusedException("traffic.pace: not at this hour.");
                    });
            write(3, 5);
            lookTwice(settings);
            assertThat(taken).isEmpty();
            assertThat(settings.get(Traffic.SECTION)).isEqualTo(new Traffic(2, 5));
            assertThat(log)
                    .hasSize(2)
                    .last()
                    .asString()
                    .endsWith("Settings: traffic.pace: not at this hour.");
        }
    }

    @Test
    void filesMayBeReplacedOrBeLinksThatAreTurned() throws Exception {
        write(2, 9);
        try (LiveSettings settings = open()) {
            BlockingQueue<Integer> paces = new LinkedBlockingQueue<>();
            settings.follow(Traffic.SECTION, traffic -> paces.add(traffic.pace()));
            settings.watch(Duration.ofMillis(20));
            Path next = Files.writeString(folder.resolve("next"), text(3, 9));
            Files.move(
                    next,
                    folder.resolve("tandem.yaml"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            assertThat(paces.poll(10, TimeUnit.SECONDS)).isEqualTo(3);

            Path one = Files.createDirectory(folder.resolve("..1"));
            Files.writeString(one.resolve("tandem.yaml"), text(4, 9));
            Path two = Files.createDirectory(folder.resolve("..2"));
            Files.writeString(two.resolve("tandem.yaml"), text(5, 9));
            Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
            Files.delete(folder.resolve("tandem.yaml"));
            Files.createSymbolicLink(folder.resolve("tandem.yaml"), Path.of("..data/tandem.yaml"));
            assertThat(paces.poll(10, TimeUnit.SECONDS)).isEqualTo(4);
            Path turned = Files.createSymbolicLink(folder.resolve("..tmp"), Path.of("..2"));
            Files.move(
                    turned,
                    folder.resolve("..data"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            assertThat(paces.poll(10, TimeUnit.SECONDS)).isEqualTo(5);
        }
    }

    @Test
    void aFileThatComesLaterIsTaken() throws Exception {
        Files.writeString(folder.resolve(".env"), "TANDEM_TRAFFIC_ROOM=9\n");
        try (LiveSettings settings = open()) {
            write(6, 9);
            lookTwice(settings);
            assertThat(settings.get(Traffic.SECTION).pace()).isEqualTo(6);
        }
    }
}
