/** The embedded engine: chat requests of the contract answered by a GGUF model in this process. */
@NullMarked
package dev.tandem.llamacpp;

import org.jspecify.annotations.NullMarked;
