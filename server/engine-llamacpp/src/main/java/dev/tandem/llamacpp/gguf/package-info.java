/** Reads and checks the header of a GGUF model file in Java, before native code opens it. */
@NullMarked
package dev.tandem.llamacpp.gguf;

import org.jspecify.annotations.NullMarked;
