/** The encrypted socket of one connection: handshake, records, the end. */
@NullMarked
package dev.tandem.runtime.wire.tls;

import org.jspecify.annotations.NullMarked;
