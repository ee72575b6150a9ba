/** The tests. */
@NullMarked
package dev.tandem.onnx;

import org.jspecify.annotations.NullMarked;
