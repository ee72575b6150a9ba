/**
 * The wires under load: server processes that answer without a model, one client that costs little,
 * and what is measured with them.
 */
@NullMarked
package dev.tandem.bench.wire;

import org.jspecify.annotations.NullMarked;
