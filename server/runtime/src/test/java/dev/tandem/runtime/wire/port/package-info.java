/** Tests of the wires through raw sockets. */
@NullMarked
package dev.tandem.runtime.wire.port;

import org.jspecify.annotations.NullMarked;
