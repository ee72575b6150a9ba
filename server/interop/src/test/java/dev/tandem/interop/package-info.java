/** gRPC's interoperability cases, asked by the clients that other servers are tested with. */
@NullMarked
package dev.tandem.interop;

import org.jspecify.annotations.NullMarked;
