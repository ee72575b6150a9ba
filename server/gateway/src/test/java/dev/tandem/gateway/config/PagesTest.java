package dev.tandem.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Setting;
import dev.tandem.gateway.config.page.Reference;
import dev.tandem.gateway.config.page.Sample;
import dev.tandem.gateway.config.page.Schema;
import dev.tandem.gateway.config.source.Inputs;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The reference page, the schema and the sample are those of the declaration. They are renewed by
 * {@code ./mvnw -pl server/gateway -am verify -Dtest=PagesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dtandem.renew=true}.
 */
class PagesTest {
    private static final Path DOCS = Path.of("..", "..", "docs");
    private static final String BEGIN = "<!-- generated: settings -->\n";
    private static final String END = "<!-- end -->";

    @TempDir Path folder;

    private Inputs inputs(Map<String, String> environment) {
        return Probe.inputs(folder, environment, Map.of());
    }

    @Test
    void theFilesAreUpToDate() throws Exception {
        Path page = DOCS.resolve("configuration.md");
        String old = Files.readString(page);
        int from = old.indexOf(BEGIN) + BEGIN.length();
        String renewed =
                old.substring(0, from)
                        + "\n"
                        + new Reference(inputs(Map.of())).of(Sections.ALL)
                        + old.substring(old.indexOf(END, from));
        isUpToDate(page, renewed);
        isUpToDate(DOCS.resolve("tandem.schema.json"), Schema.of(Sections.ALL));
        isUpToDate(DOCS.resolve("tandem.yaml"), sample());
    }

    private static void isUpToDate(Path file, String renewed) throws Exception {
        if (Boolean.getBoolean("tandem.renew")) {
            Files.writeString(file, renewed);
        }
        assertThat(Files.readString(file))
                .as(file + " is out of date; run this test with -Dtandem.renew=true")
                .isEqualTo(renewed);
    }

    private String sample() {
        return new Sample(inputs(Map.of())).of(Sections.ALL);
    }

    /** The sample with its keys in force. */
    private String uncommented() {
        return sample().replaceAll("(?m)^#(?! )", "").replaceAll("(?m)^#(  [a-z0-9_]+:)", "$1");
    }

    @Test
    void theSampleSaysWhatTheDefaultsSay() throws Exception {
        String keys = uncommented();
        assertThat(keys.lines().filter(line -> line.matches("  [a-z0-9_]+:.*")).count())
                .isEqualTo(
                        Sections.ALL.stream()
                                .filter(each -> !each.name().isEmpty())
                                .mapToLong(each -> each.settings().count())
                                .sum());
        Settings defaults = Configuration.read(inputs(Map.of())).settings();
        for (String text : List.of(sample(), keys)) {
            Files.writeString(folder.resolve("tandem.yaml"), text);
            Configuration read = Configuration.read(inputs(Map.of()));
            assertThat(read.problems()).isEmpty();
            for (Section<?> section : Sections.ALL) {
                assertThat(read.settings().get(section)).isEqualTo(defaults.get(section));
            }
        }
    }

    @Test
    void everyExampleIsAllowed() throws Exception {
        for (Section<?> section : Sections.ALL) {
            for (Setting<?> setting : section.settings().toList()) {
                String example = setting.key().example();
                if (example != null) {
                    String yaml =
                            section.name().isEmpty()
                                    ? setting.key().name() + ": " + example + "\n"
                                    : section.name()
                                            + ":\n  "
                                            + setting.key().name()
                                            + ": "
                                            + example
                                            + "\n";
                    Files.writeString(folder.resolve("tandem.yaml"), yaml);
                    assertThat(Configuration.read(inputs(Map.of())).problems())
                            .as(yaml)
                            // the files of examples are not there, nor keys that go together
                            .allMatch(problem ->
                                    problem.text()
                                            .matches(
                                                    ".*(can be read|no such file|not a folder|set (tls|jwt).*|keys create NAME"
                                                            + ".*|at least one algorithm|'engines' has none)\\..*"));
                    assertThat(faults(yaml)).as(yaml).isEmpty();
                }
            }
        }
    }

    @Test
    void namesAreUnique() {
        List<Setting<?>> all = all().toList();
        assertThat(all.stream().map(Setting::path)).doesNotHaveDuplicates();
        assertThat(all.stream().map(Setting::variable)).doesNotHaveDuplicates();
        assertThat(all.stream().map(setting -> setting.key().name()))
                .allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
    }

    private static Stream<Setting<?>> all() {
        return Sections.ALL.stream().flatMap(Section::settings);
    }

    @Test
    void everyKeyIsInTheSchema() {
        try (JsonReader reader = Json.createReader(new StringReader(Schema.of(Sections.ALL)))) {
            JsonObject sections = reader.readObject().getJsonObject("properties");
            all().forEach(setting -> {
                String[] path = setting.path().split("\\.", 2);
                if (path.length == 1) {
                    assertThat(sections).containsKey(path[0]);
                    return;
                }
                assertThat(sections.getJsonObject(path[0]).getJsonObject("properties"))
                        .containsKey(path[1]);
            });
        }
    }

    @Test
    void theSampleFitsTheSchema() {
        assertThat(faults(sample() + "x-own: 1\n")).isEmpty();
        assertThat(faults(uncommented())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: {port: '${PORT:-8080}'}",
                "server: {allowed_hosts: [a.example, b.example]}",
                "server: {allowed_hosts: 'a.example, b.example'}",
                "logging: {level: debug, levels: {io.helidon: info}}",
                "embeddings: {serve: on}",
                "embeddings: {serve: false}",
                "engine: {memory: 2 GiB}",
                "streams: {heartbeat: 5}",
                "x-own: {a: 1}"
            })
    void whatTheProgramTakesFitsTheSchema(String yaml) throws Exception {
        assertThat(faults(yaml)).isEmpty();
        Files.writeString(folder.resolve("tandem.yaml"), yaml);
        assertThat(Configuration.read(inputs(Map.of())).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: {port: 80800}",
                "server: {prot: 1}",
                "serve: {port: 1}",
                "server: [port]",
                "server: {host: 'a b'}",
                "logging: {level: loud}",
                "logging: {levels: {io.helidon: loud}}",
                "embeddings: {serve: maybe}",
                "engine: {memory: much}",
                "streams: {heartbeat: 1h}"
            })
    void whatTheProgramRefusesDoesNot(String yaml) throws Exception {
        assertThat(faults(yaml)).isNotEmpty();
        Files.writeString(folder.resolve("tandem.yaml"), yaml);
        assertThat(Configuration.read(inputs(Map.of())).problems()).isNotEmpty();
    }

    private static List<Error> faults(String yaml) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Schema.of(Sections.ALL), InputFormat.JSON)
                .validate(yaml, InputFormat.YAML);
    }
}
