package dev.tandem.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/limits.md has every limit, with the program's default and range. */
class LimitsDocTest {
    private static final Path PAGE = Path.of("../../docs/limits.md");

    private static final List<Setting> LIMITS =
            Stream.concat(
                            Stream.of(
                                    Key.TANDEM_MAX_REQUEST,
                                    Key.TANDEM_HEARTBEAT,
                                    Key.TANDEM_QUEUE,
                                    Key.TANDEM_DRAIN,
                                    Key.TANDEM_DRAIN_DELAY,
                                    Key.TANDEM_FIRST_MESSAGE_LIMIT,
                                    Key.TANDEM_MESSAGE_GAP_LIMIT,
                                    Key.TANDEM_CALL_LIMIT),
                            LimitSetting.ALL.stream())
                    .toList();

    @Test
    void everyLimitIsThereAsTheProgramHasIt() throws Exception {
        Map<String, List<String>> rows =
                Files.readAllLines(PAGE).stream()
                        .filter(line -> line.startsWith("| `TANDEM_"))
                        .map(line -> List.of(line.split(" *\\| *", -1)))
                        .collect(Collectors.toMap(row -> row.get(1).replace("`", ""), row -> row));

        assertThat(rows.keySet()).containsAll(LIMITS.stream().map(Setting::name).toList());
        for (Setting setting : LIMITS) {
            List<String> row = rows.getOrDefault(setting.name(), List.of());
            assertThat(row).as(setting.name()).hasSize(9);
            assertThat(row.get(2)).as(setting.name()).startsWith(setting.fallback());
            assertThat(row.get(3)).as(setting.name()).isEqualTo(setting.range());
        }
    }
}
