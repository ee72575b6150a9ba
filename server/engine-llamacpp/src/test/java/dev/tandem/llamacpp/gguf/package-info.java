/** Tests of the header reader, with files made by hand. */
@NullMarked
package dev.tandem.llamacpp.gguf;

import org.jspecify.annotations.NullMarked;
