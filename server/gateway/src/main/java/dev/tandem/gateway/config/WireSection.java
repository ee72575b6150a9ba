package dev.tandem.gateway.config;

import dev.tandem.runtime.WireLimit;
import java.util.EnumMap;
import java.util.Map;

/** Reads the limits and times of connections. */
final class WireSection {
    private WireSection() {}

    /** Every limit with its number, in its own unit. */
    static Map<WireLimit, Long> read(Reader reader) {
        Map<WireLimit, Long> numbers = new EnumMap<>(WireLimit.class);
        for (LimitSetting setting : LimitSetting.ALL) {
            numbers.put(setting.limit(), number(reader, setting));
        }
        long stream = numbers.getOrDefault(WireLimit.STREAM_WINDOW, 0L);
        long connection = numbers.getOrDefault(WireLimit.CONNECTION_WINDOW, 0L);
        if (connection < stream) {
            LimitSetting setting = new LimitSetting(WireLimit.CONNECTION_WINDOW);
            reader.problem(
                    setting,
                    reader.text(setting).orElse(setting.fallback()),
                    "is less than TANDEM_STREAM_WINDOW");
        }
        return numbers;
    }

    private static long number(Reader reader, LimitSetting setting) {
        WireLimit limit = setting.limit();
        int fallback = (int) limit.fallback();
        int least = (int) limit.least();
        int most = (int) limit.most();
        return switch (limit.unit()) {
            case BYTES -> reader.bytes(setting, limit.fallback(), limit.least(), limit.most());
            case COUNT -> reader.integer(setting, fallback, least, most);
            case SECONDS -> reader.seconds(setting, fallback, least, most).toSeconds();
        };
    }
}
