package dev.tandem.gateway.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What models are called at one moment. Immutable.
 *
 * @param all in the order in which they are listed
 */
record Names(
        List<ServedModel> all, Map<String, ServedModel> byName, Map<String, ServedModel> byAlias) {
    private static final String DEFAULT = "default";

    static Names of(List<ServedModel> models, Map<String, String> aliases) {
        Map<String, ServedModel> byName = new LinkedHashMap<>();
        Map<String, ServedModel> byAlias = new TreeMap<>();
        for (ServedModel model : models) {
            if (byName.putIfAbsent(model.name(), model) != null) {
                throw new IllegalArgumentException(
                        "two models have the name " + model.name() + "; rename one of them");
            }
        }
        if (!models.isEmpty() && !byName.containsKey(DEFAULT)) {
            byAlias.put(DEFAULT, models.getFirst());
        }
        aliases.forEach((alias, name) -> byAlias.put(alias, aliased(alias, name, byName)));
        return new Names(List.copyOf(models), byName, byAlias);
    }

    private static ServedModel aliased(String alias, String name, Map<String, ServedModel> byName) {
        ServedModel model = byName.get(name);
        if (model == null) {
            throw new IllegalArgumentException(
                    "the alias "
                            + alias
                            + " leads to "
                            + name
                            + ", which is no model of this server");
        }
        if (byName.containsKey(alias)) {
            throw new IllegalArgumentException(
                    "the alias " + alias + " has the name of a model; choose another");
        }
        return model;
    }

    /** By name, else by alias. */
    @Nullable ServedModel find(String name) {
        ServedModel model = byName.get(name);
        return model != null ? model : byAlias.get(name);
    }
}
