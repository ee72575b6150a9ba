package dev.tandem.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.config.source.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of problem: its place, and what it says. */
class ProblemsTest {
    @TempDir Path folder;

    private List<String> problems(String yaml) throws Exception {
        return problems(yaml, Map.of());
    }

    private List<String> problems(String yaml, Map<String, String> environment) throws Exception {
        Files.writeString(folder.resolve("tandem.yaml"), yaml);
        return Probe.read(folder, environment, Map.of()).problems().stream()
                .map(Problem::text)
                .toList();
    }

    @Test
    void allAreToldAtOnceEachWithItsPlace() throws Exception {
        Files.writeString(folder.resolve(".env"), "\nexport TANDEM_PROBE_SIZE=big\n");
        String yaml =
                """
                probe:
                  word: Seven
                  numbr: 3
                  time: 61s
                  flag: maybe
                  shade: [dark]
                  weights: {a: 10, B: 1}
                  upstreams:
                    - name: a
                      weight: 0
                    - weight: 2
                      nam: b
                  word: again
                porbe: {}
                number: 3
                """;

        assertThat(problems(yaml, Map.of("TANDEM_PROBE_NUMBER", "x")))
                .containsExactly(
                        "tandem.yaml:13:3: probe.word: stands here a second time, first at"
                                + " tandem.yaml:2:3; keep one.",
                        "tandem.yaml:2:9: probe.word: 'Seven' is not a word (default: plain).",
                        "TANDEM_PROBE_NUMBER: 'x' is not 1 to 9 (default: 1).",
                        ".env:2: TANDEM_PROBE_SIZE: 'big' is not 0 bytes to 1GiB (default: 1KiB).",
                        "tandem.yaml:4:9: probe.time: '61s' is not 1s to 60s (default: 1s).",
                        "tandem.yaml:5:9: probe.flag: 'maybe' is not on or off (default: off).",
                        "tandem.yaml:6:10: probe.shade: a list is not light or dark (default: light).",
                        "tandem.yaml:7:16: probe.weights.a: '10' is not 0 to 9.",
                        "tandem.yaml:7:20: probe.weights: 'B' is not a word.",
                        "tandem.yaml:10:15: probe.upstreams[0].weight: '0' is not 1 to 100 (default: 1).",
                        "tandem.yaml:12:7: probe.upstreams[1].nam: there is no such key; did you mean"
                                + " name?",
                        "tandem.yaml:11:7: probe.upstreams[1].name: is missing; set it to a name.",
                        "tandem.yaml:3:3: probe.numbr: there is no such key; did you mean number?",
                        "tandem.yaml:14:1: porbe: there is no such section; did you mean probe?",
                        "tandem.yaml:15:1: number: there is no such section; did you mean probe.number?");
    }

    @Test
    void aFlagIsNamedByItself() {
        assertThat(Probe.read(folder, Map.of(), Map.of("--probe-number", "0")).problems())
                .hasToString("[--probe-number: '0' is not 1 to 9 (default: 1).]");
    }

    @Test
    void jsonInAVariableHasItsPlaces() throws Exception {
        assertThat(
                        problems(
                                "",
                                Map.of(
                                        "TANDEM_PROBE_UPSTREAMS",
                                        "[{\"name\": \"A\"}]",
                                        "TANDEM_PROBE_WEIGHTS",
                                        "{\"a\": 1")))
                .containsExactly(
                        "TANDEM_PROBE_WEIGHTS:1:8: a ',' or the closing bracket is missing.",
                        "TANDEM_PROBE_UPSTREAMS:1:11: probe.upstreams[0].name: 'A' is not a name.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: b: c'|tandem.yaml:1:5: a ':' with a space behind it stands where none can be; quote the value, or indent the line as its neighbours.",
                "'probe: *geheim'|tandem.yaml:1:8: '*' begins an alias, and there is no such anchor before it; quote a value that begins with '*'.",
                "'probe: \"geheim'|tandem.yaml:1:15: a quote is opened and not closed.",
                "'probe: !geheim x'|tandem.yaml:1:8: probe: tags (!) have no meaning here; leave it out, or quote the value.",
                "'probe: @geheim'|tandem.yaml:1:8: a value cannot begin with this character; quote it.",
                "'probe: [a'|tandem.yaml:1:10: a ',' or the closing bracket is missing.",
                "'- a'|tandem.yaml:1:1: the file must be a map that begins with the name of a section, as 'server:'.",
                "'probe: 3'|tandem.yaml:1:8: probe: a text is not a map with word, number, size, time, flag, shade, path, secret, names, weights, upstreams.",
                "'{[a]: b}'|tandem.yaml:1:2: a key must be a name.",
                "'probe: {number: $${N}}'|",
                "'probe: {word: \"${N}\"}'|tandem.yaml:1:15: probe.word: the variable N is not set; set it, or write ${N:-default}.",
                "'probe: {word: \"${N\"}'|tandem.yaml:1:15: probe.word: '${' has no '}' behind it; write '$$' for a dollar sign.",
                "'probe: {secret: [geheim]}'|tandem.yaml:1:17: probe.secret: the value is not a text (default: none).",
                "'probe: {secret_file: geheim.txt}'|tandem.yaml:1:22: probe.secret_file: there is no file FOLDER/geheim.txt.",
                "'probe: {secret_file: a, secret: b}'|tandem.yaml:1:22: probe.secret_file: secret is set too; keep one of them."
            })
    void whatIsNoConfigurationIsExplained(String yaml, String problem) throws Exception {
        String text = yaml.replace("$${N}", "10");
        assertThat(problems(text))
                .first()
                .isEqualTo(
                        problem == null
                                ? "tandem.yaml:1:17: probe.number: '10' is not 1 to 9 (default: 1)."
                                : problem.replace("FOLDER", folder.toString()));
    }

    @Test
    void laughsAreBounded() throws Exception {
        StringBuilder bomb =
                new StringBuilder("x-a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 12; i++) {
            String of = "*a" + (i - 1);
            bomb.append(
                    "x-a%d: &a%d [%s]\n"
                            .formatted(
                                    i,
                                    i,
                                    String.join(", ", List.of(of, of, of, of, of, of, of, of))));
        }
        assertThat(problems(bomb.toString()))
                .containsExactly(
                        "tandem.yaml:1:1: this has more than 20000 values once its aliases (*) are"
                                + " followed.");
        assertThat(problems("x-a: " + "[".repeat(1000)))
                .singleElement()
                .asString()
                .contains("nested");
        assertThat(problems("x-a: &a [*a]\n")).singleElement().asString().contains("nested");
        assertThat(problems("#".repeat((1 << 20) + 1)))
                .containsExactly("tandem.yaml: the file is larger than 1 MiB.");
        Files.write(
                folder.resolve("tandem.yaml"),
                "probe: {word: é}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Probe.read(folder, Map.of(), Map.of()).problems())
                .hasToString("[tandem.yaml: the file is not in UTF-8.]");
    }

    @Test
    void unknownVariablesAreNotedAndThoseOfKubernetesAreNot() {
        Configuration read =
                Probe.read(
                        folder,
                        Map.of(
                                "TANDEM_PROBE_NUMBR", "1",
                                "TANDEM_JAVA_OPTS", "-Xmx1g",
                                "TANDEM_SOMETHING_ELSE", "1",
                                "TANDEM_SERVICE_HOST", "10.0.0.1",
                                "TANDEM_PORT_8080_TCP_ADDR", "10.0.0.1"),
                        Map.of());

        assertThat(read.problems()).isEmpty();
        assertThat(read.notes())
                .hasToString(
                        "[TANDEM_PROBE_NUMBR: this is not a setting and changes nothing; did you mean"
                                + " TANDEM_PROBE_NUMBER?, TANDEM_SOMETHING_ELSE: this is not a setting and"
                                + " changes nothing.]");
    }

    @Test
    void dotEnvIsReadAsOthersDo() throws Exception {
        Files.writeString(
                folder.resolve(".env"),
                """
                # a comment
                export TANDEM_PROBE_WORD = plain # why

                TANDEM_PROBE_SECRET="a \\"b\\" # c\\n$d
                e"   # two lines
                OTHER='it is $so'
                TANDEM_PROBE_NUMBER=4
                """);
        Probe probe = Probe.read(folder, Map.of(), Map.of()).settings().get(Probe.SECTION);
        assertThat(probe.word()).isEqualTo("plain");
        assertThat(probe.number()).isEqualTo(4);
        assertThat(probe.secret().orElseThrow().reveal()).isEqualTo("a \"b\" # c\n$d\ne");

        Files.writeString(folder.resolve(".env"), "A=1\ngeheim\nB='x\nC=1\n");
        assertThat(Probe.read(folder, Map.of(), Map.of()).problems())
                .hasToString(
                        "[.env:2: this is not NAME=value, a comment, or an empty line., .env:3: the quote"
                                + " ' is not closed.]");
    }
}
