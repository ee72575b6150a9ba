package dev.tandem.llamacpp.natives;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Binds the functions of one shared library to {@link Shapes}. The interface instance holds its
 * method handle as a constant, so a call costs what a static final handle with {@code invokeExact}
 * costs.
 */
@SuppressWarnings("restricted") // native memory and calls are what this package is for
record Symbols(Linker linker, SymbolLookup library, String libraryName) {

    /** Binds a function without structs by value; its C signature follows from the shape. */
    <T> T bind(Class<T> shape, String name) {
        Method call = shape.getMethods()[0];
        MemoryLayout[] parameters =
                Arrays.stream(call.getParameterTypes())
                        .map(Symbols::layoutOf)
                        .toArray(MemoryLayout[]::new);
        FunctionDescriptor descriptor =
                call.getReturnType() == void.class
                        ? FunctionDescriptor.ofVoid(parameters)
                        : FunctionDescriptor.of(layoutOf(call.getReturnType()), parameters);
        return bind(shape, name, descriptor);
    }

    /** Binds a function that takes or returns a struct by value. */
    <T> T bind(Class<T> shape, String name, FunctionDescriptor descriptor) {
        MemorySegment address =
                library.find(name)
                        .orElseThrow(() ->
                                new LibraryUnusable(
                                        libraryName
                                                + " has no function "
                                                + name
                                                + ": "
                                                + LlamaLibrary.WHAT_IS_NEEDED));
        MethodHandle handle = linker.downcallHandle(address, descriptor);
        return MethodHandleProxies.asInterfaceInstance(shape, handle);
    }

    private static MemoryLayout layoutOf(Class<?> type) {
        if (type == MemorySegment.class) {
            return ValueLayout.ADDRESS;
        }
        if (type == int.class) {
            return ValueLayout.JAVA_INT;
        }
        if (type == boolean.class) {
            return ValueLayout.JAVA_BOOLEAN;
        }
        throw new IllegalArgumentException("no C type for " + type);
    }
}
