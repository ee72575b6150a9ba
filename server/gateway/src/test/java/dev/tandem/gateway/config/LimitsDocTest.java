package dev.tandem.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Setting;
import dev.tandem.gateway.config.source.Inputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/limits.md has every limit, with the program's default and range. */
class LimitsDocTest {
    private static final Path PAGE = Path.of("../../docs/limits.md");

    /** Limits that stand in sections with other settings. */
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "TANDEM_MAX_REQUEST",
                    "TANDEM_HEARTBEAT",
                    "TANDEM_QUEUE",
                    "TANDEM_DRAIN",
                    "TANDEM_DRAIN_DELAY",
                    "TANDEM_FIRST_MESSAGE_LIMIT",
                    "TANDEM_MESSAGE_GAP_LIMIT",
                    "TANDEM_CALL_LIMIT");

    private static List<Setting<?>> limits() {
        Stream<Setting<?>> all = Sections.ALL.stream().flatMap(Section::settings);
        Stream<Setting<?>> elsewhere =
                all.filter(setting -> ELSEWHERE.contains(setting.variable()));
        return Stream.concat(elsewhere, WireSection.SECTION.settings()).toList();
    }

    @Test
    void everyLimitIsThereAsTheProgramHasIt() throws Exception {
        Map<String, List<String>> rows =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.startsWith("| `TANDEM_"))
                        .map(line -> List.of(line.split(" *\\| *", -1)))
                        .collect(Collectors.toMap(row -> row.get(1).replace("`", ""), row -> row));

        List<Setting<?>> limits = limits();
        assertThat(rows.keySet()).containsAll(limits.stream().map(Setting::variable).toList());
        assertThat(limits).hasSize(ELSEWHERE.size() + WireSection.SECTION.keys().size());
        for (Setting<?> setting : limits) {
            List<String> row = rows.getOrDefault(setting.variable(), List.of());
            assertThat(row).as(setting.variable()).hasSize(9);
            assertThat(row.get(2))
                    .as(setting.variable())
                    .startsWith(setting.key().fallbackWords(Inputs.ofProcess()));
            assertThat(row.get(3)).as(setting.variable()).isEqualTo(setting.key().type().allowed());
        }
    }
}
