/**
 * Where settings come from: the file, {@code .env}, variables and flags, each value with its place.
 */
@NullMarked
package dev.tandem.gateway.config.source;

import org.jspecify.annotations.NullMarked;
