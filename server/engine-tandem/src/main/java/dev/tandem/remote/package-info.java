/** Another Tandem as an engine: asked over gRPC, one connection for all models that it has. */
@NullMarked
package dev.tandem.remote;

import org.jspecify.annotations.NullMarked;
