package dev.tandem.llamacpp.template;

/** {@code value | name(arguments)}. */
@FunctionalInterface
interface Filter {
    Value apply(Rendering rendering, Value value, Arguments arguments);
}
