package dev.tandem.llamacpp.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of a value, bound to it. */
final class Methods {
    private Methods() {}

    /** A method of one kind of value. */
    @FunctionalInterface
    interface Method<T extends Value> {
        Value call(Budget budget, T self, Arguments arguments);
    }

    /** The method of this name, null where there is none. */
    static @Nullable Value find(Value value, String name) {
        return switch (value) {
            case Text text -> bind(TextMethods.ALL, text, name);
            case Dict dict -> bind(ContainerMethods.OF_DICTS, dict, name);
            case Seq seq -> bind(ContainerMethods.OF_SEQUENCES, seq, name);
            default -> null;
        };
    }

    private static <T extends Value> @Nullable Value bind(
            Map<String, Method<T>> methods, T self, String name) {
        Method<T> method = methods.get(name);
        return method == null
                ? null
                : (Callable)
                        (rendering, arguments) -> method.call(rendering.budget(), self, arguments);
    }
}
