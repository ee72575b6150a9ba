package dev.tandem.gateway.config;

import dev.tandem.runtime.WireLimit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A limit of the wire as a setting: {@code TANDEM_} and its name.
 *
 * @param limit whose unit, range and default count
 */
public record LimitSetting(WireLimit limit) implements Setting {
    /** All of them, in the order of the documentation. */
    public static final List<LimitSetting> ALL =
            Arrays.stream(WireLimit.values()).map(LimitSetting::new).toList();

    static Optional<LimitSetting> named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public String name() {
        return "TANDEM_" + limit.name();
    }

    @Override
    public String fallback() {
        return worded(limit.fallback());
    }

    @Override
    public String range() {
        return worded(limit.least()) + " to " + worded(limit.most());
    }

    @Override
    public String about() {
        return limit.about();
    }

    private String worded(long number) {
        return switch (limit.unit()) {
            case COUNT -> String.valueOf(number);
            case SECONDS -> number + "s";
            case BYTES -> size(number);
        };
    }

    private static String size(long bytes) {
        if (bytes > 0 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes > 0 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + " bytes";
    }
}
