/** Embeddings: the model all-MiniLM-L6-v2, run by ONNX Runtime, and its tokenizer. */
@NullMarked
package dev.tandem.onnx;

import org.jspecify.annotations.NullMarked;
