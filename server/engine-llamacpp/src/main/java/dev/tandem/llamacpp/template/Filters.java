package dev.tandem.llamacpp.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All filters by name. */
final class Filters {
    private static final Map<String, Filter> ALL = all();

    private Filters() {}

    private static Map<String, Filter> all() {
        Map<String, Filter> all = new HashMap<>(TextFilters.ALL);
        all.putAll(SequenceFilters.ALL);
        all.putAll(ValueFilters.ALL);
        return Map.copyOf(all);
    }

    /** The filter of this name, null where there is none. */
    static @Nullable Filter find(String name) {
        return ALL.get(name);
    }

    static Filter known(String name, @Nullable Filter filter) {
        if (filter == null) {
            throw TemplateException.runtime("no filter is named '" + name + "'");
        }
        return filter;
    }

    static Filter known(String name) {
        return known(name, find(name));
    }
}
