/** The conformance suite of Connect, gRPC-Web and gRPC on a server of ours. */
@NullMarked
package dev.tandem.runtime.conformance;

import org.jspecify.annotations.NullMarked;
