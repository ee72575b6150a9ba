package dev.tandem.runtime;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A JSON tree as YAML. */
final class YamlText {
    private YamlText() {}

    static String of(JsonObject tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(options).dump(plain(tree));
    }

    private static @Nullable Object plain(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                object.forEach((key, each) -> map.put(key, plain(each)));
                yield map;
            }
            case JsonArray array -> array.stream().map(YamlText::plain).toList();
            case JsonString text -> text.getString();
            case JsonNumber number ->
                    number.isIntegral() ? number.bigIntegerValue() : number.doubleValue();
            default ->
                    switch (value.getValueType()) {
                        case TRUE -> true;
                        case FALSE -> false;
                        default -> null;
                    };
        };
    }
}
