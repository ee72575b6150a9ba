package dev.tandem.llamacpp.template;

import java.util.List;

/** What a value is assigned to. */
sealed interface Target {
    void assign(Rendering rendering, Scope scope, Value value);

    /** One variable, or several that a sequence is unpacked to. */
    record Names(List<String> names) implements Target {
        @Override
        public void assign(Rendering rendering, Scope scope, Value value) {
            if (names.size() == 1) {
                scope.put(names.getFirst(), value);
                return;
            }
            List<Value> items = Access.items(rendering.budget(), value);
            if (items.size() != names.size()) {
                throw TemplateException.runtime(
                        "%d values cannot be unpacked to %d names"
                                .formatted(items.size(), names.size()));
            }
            for (int i = 0; i < names.size(); i++) {
                scope.put(names.get(i), items.get(i));
            }
        }
    }

    /** An attribute of a namespace: the way out of a loop's scope. */
    record Attribute(String variable, String attribute) implements Target {
        @Override
        public void assign(Rendering rendering, Scope scope, Value value) {
            if (!(scope.find(variable) instanceof Value.Namespace namespace)) {
                throw TemplateException.runtime(
                        "'" + variable + "' is no namespace: its attributes cannot be set");
            }
            namespace.attributes().put(attribute, value);
        }
    }
}
