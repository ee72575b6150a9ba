/** Engines and models of the configuration. */
@NullMarked
package dev.tandem.gateway.engine;

import org.jspecify.annotations.NullMarked;
