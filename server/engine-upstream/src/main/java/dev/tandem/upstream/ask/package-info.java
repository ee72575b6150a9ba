/**
 * What all engines share that ask a server over HTTP: asking, limits, errors, what goes through.
 */
@NullMarked
package dev.tandem.upstream.ask;

import org.jspecify.annotations.NullMarked;
