package dev.tandem.llamacpp.template;

/** A function, a macro or a bound method. */
@FunctionalInterface
non-sealed interface Callable extends Value {
    Value call(Rendering rendering, Arguments arguments);

    @Override
    default boolean truth() {
        return true;
    }

    @Override
    default String typeName() {
        return "function";
    }
}
