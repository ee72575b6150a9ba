/** One port that speaks HTTP/1.1 and HTTP/2 through our wires. */
@NullMarked
package dev.tandem.runtime.wire.port;

import org.jspecify.annotations.NullMarked;
