package dev.tandem.llamacpp.template;

import static java.util.Map.entry;

import dev.tandem.llamacpp.template.Methods.Method;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Methods of maps and lists; those that would change them are refused, as in Jinja2's immutable
 * sandbox.
 */
final class ContainerMethods {
    static final Map<String, Method<Dict>> OF_DICTS =
            Map.ofEntries(
                    entry("get", ContainerMethods::get),
                    entry("items", (budget, dict, arguments) -> Seq.list(dict.items(budget))),
                    entry("keys", (budget, dict, arguments) -> Seq.list(dict.keys(budget))),
                    entry("values", (budget, dict, arguments) -> Seq.list(dict.values(budget))),
                    entry("copy", ContainerMethods::copy),
                    entry("pop", ContainerMethods::refuse),
                    entry("popitem", ContainerMethods::refuse),
                    entry("update", ContainerMethods::refuse),
                    entry("setdefault", ContainerMethods::refuse),
                    entry("clear", ContainerMethods::refuse));

    static final Map<String, Method<Seq>> OF_SEQUENCES =
            Map.ofEntries(
                    entry("index", ContainerMethods::index),
                    entry("count", ContainerMethods::count),
                    entry("append", ContainerMethods::refuse),
                    entry("extend", ContainerMethods::refuse),
                    entry("insert", ContainerMethods::refuse),
                    entry("pop", ContainerMethods::refuse),
                    entry("remove", ContainerMethods::refuse),
                    entry("reverse", ContainerMethods::refuse),
                    entry("sort", ContainerMethods::refuse),
                    entry("clear", ContainerMethods::refuse));

    private ContainerMethods() {}

    private static Value get(Budget budget, Dict dict, Arguments arguments) {
        Value found = dict.find(arguments.required(0, "key"));
        return found != null ? found : arguments.or(1, "default", Value.None.NONE);
    }

    private static Value copy(Budget budget, Dict dict, Arguments arguments) {
        budget.allocateElements(dict.entries().size());
        return new Dict(new LinkedHashMap<>(dict.entries()));
    }

    private static Value index(Budget budget, Seq seq, Arguments arguments) {
        Value searched = arguments.required(0, "value");
        for (int i = 0; i < seq.size(); i++) {
            if (Comparing.equal(budget, seq.items().get(i), searched)) {
                return Num.of((long) i);
            }
        }
        throw TemplateException.runtime("the value is not in the list");
    }

    private static Value count(Budget budget, Seq seq, Arguments arguments) {
        Value searched = arguments.required(0, "value");
        return Num.of(
                seq.items().stream()
                        .filter(item -> Comparing.equal(budget, item, searched))
                        .count());
    }

    private static Value refuse(Budget budget, Value value, Arguments arguments) {
        throw TemplateException.runtime("a template may not change a " + value.typeName());
    }
}
