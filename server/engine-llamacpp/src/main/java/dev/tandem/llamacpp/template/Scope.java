package dev.tandem.llamacpp.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Variables of a template, a loop pass or a macro call; what it does not have is looked up
 * outwards.
 */
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, Value> variables;

    Scope(Map<String, Value> variables) {
        this.outer = null;
        this.variables = variables;
    }

    Scope(Scope outer) {
        this.outer = outer;
        this.variables = new HashMap<>();
    }

    Value find(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Value value = scope.variables.get(name);
            if (value != null) {
                return value;
            }
        }
        Value global = Globals.ALL.get(name);
        return global != null ? global : new Value.Undefined("'" + name + "' is undefined");
    }

    void put(String name, Value value) {
        variables.put(name, value);
    }
}
