package dev.tandem.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.config.page.Listing;
import dev.tandem.gateway.config.source.Inputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No output has a secret's value. */
class SecretsTest {
    private static final String VALUE = "s3cr3t-value";

    @TempDir Path folder;

    @Test
    void neitherListingsNorToStringHaveThem() throws Exception {
        Files.writeString(folder.resolve("token"), VALUE + "\n");
        Files.writeString(
                folder.resolve("tandem.yaml"),
                """
                probe:
                  secret: s3cr3t-value
                  upstreams:
                    - {name: a, token: s3cr3t-value}
                    - {name: b, token_file: token}
                """);
        Configuration read = Probe.read(folder, Map.of(), Map.of());
        Probe probe = read.settings().get(Probe.SECTION);

        assertThat(probe.secret().orElseThrow().reveal()).isEqualTo(VALUE);
        assertThat(probe.upstreams())
                .allSatisfy(
                        each -> assertThat(each.token().orElseThrow().reveal()).isEqualTo(VALUE));
        Listing listing = new Listing(read);
        assertThat(String.join("\n", listing.lines()))
                .doesNotContain(VALUE)
                .contains("***", "{\"name\":\"a\",\"token\":\"***\"}");
        assertThat(listing.json()).doesNotContain(VALUE).contains("\"***\"", "tandem.yaml:2:11");
        assertThat(List.of(probe.toString(), read.inputs().toString()).toString())
                .doesNotContain(VALUE);
    }

    @Test
    void theyComeFromFilesToo() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), VALUE + "\n");
        Map<String, String> environment = Map.of("TANDEM_PROBE_SECRET_FILE", "token");
        Configuration read = Probe.read(folder, environment, Map.of());
        assertThat(read.settings().get(Probe.SECTION).secret().orElseThrow().reveal())
                .isEqualTo(VALUE);
        assertThat(read.values(Probe.SECTION).origin(Probe.SECRET).text())
                .isEqualTo("TANDEM_PROBE_SECRET_FILE (" + file + ")");
        assertThat(read.files().unchanged()).isTrue();
        Files.writeString(file, "other");
        assertThat(read.files().unchanged()).isFalse();
        assertThat(
                        Probe.read(
                                        folder,
                                        Map.of(
                                                "TANDEM_PROBE_SECRET",
                                                VALUE,
                                                "TANDEM_PROBE_SECRET_FILE",
                                                "token"),
                                        Map.of())
                                .problems())
                .hasToString(
                        "[TANDEM_PROBE_SECRET_FILE: TANDEM_PROBE_SECRET is set too; keep one of them.]");
    }

    @Test
    void problemsDoNotQuoteThem() throws Exception {
        List<String> told = new ArrayList<>();
        for (String yaml :
                List.of(
                        "probe: {secret: *s3cr3t-value}",
                        "probe: {secret: !s3cr3t-value x}",
                        "probe: {secret: !s3cr3t-value!x y}",
                        "probe: {secret: \"s3cr3t-value}",
                        "probe: {secret: \"\\s3cr3t-value\"}",
                        "probe: {secret: s3cr3t-value: x}",
                        "probe: {secret: [s3cr3t-value]}",
                        "probe: {upstreams: [{name: a, token: {s3cr3t-value: 1}}]}",
                        "probe:\n  secret: s3cr3t-value\n nope: 1",
                        "probe:\n  secret: @s3cr3t-value")) {
            Files.writeString(folder.resolve("tandem.yaml"), yaml);
            Configuration read = Probe.read(folder, Map.of(), Map.of());
            assertThat(read.problems()).as(yaml).isNotEmpty();
            read.problems().forEach(problem -> told.add(problem.text()));
        }
        Files.writeString(folder.resolve("tandem.yaml"), "probe: {number: \"${PASSWORD}\"}");
        Inputs inputs = Probe.inputs(folder, Map.of("PASSWORD", VALUE), Map.of());
        Configuration.read(List.of(Probe.SECTION), inputs, null)
                .problems()
                .forEach(problem -> told.add(problem.text()));
        Files.writeString(
                folder.resolve(".env"), "TANDEM_PROBE_SECRET='s3cr3t-value\ns3cr3t-value");
        Probe.read(folder, Map.of(), Map.of()).problems().forEach(each -> told.add(each.text()));

        assertThat(told).hasSizeGreaterThan(11).noneMatch(text -> text.contains("s3cr3t"));
    }
}
