package dev.tandem.llamacpp.gguf;

/**
 * A weight as the header describes it.
 *
 * @param bytes its length in the file, without padding
 * @param offset from the start of the file's data part
 */
public record Tensor(String name, TensorType type, long elements, long bytes, long offset) {}
