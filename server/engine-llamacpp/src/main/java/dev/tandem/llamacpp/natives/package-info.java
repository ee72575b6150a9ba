/**
 * The few C functions of llama.cpp that the engine needs, typed, over {@code java.lang.foreign}.
 */
@NullMarked
package dev.tandem.llamacpp.natives;

import org.jspecify.annotations.NullMarked;
