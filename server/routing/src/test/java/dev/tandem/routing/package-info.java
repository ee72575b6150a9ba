/** Routing with scripted engines and a clock that the tests move. */
@NullMarked
package dev.tandem.routing;

import org.jspecify.annotations.NullMarked;
