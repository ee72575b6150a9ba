package dev.tandem.llamacpp.natives;

/** llama.cpp refused what it was asked for. The message carries the reason that it logged. */
public final class NativeFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    NativeFailure(String message) {
        super(message);
    }
}
