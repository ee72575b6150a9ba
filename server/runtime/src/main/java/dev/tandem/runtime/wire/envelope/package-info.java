/**
 * Length-prefixed messages and the calls that are made of them: what gRPC, gRPC-Web and Connect
 * have in common.
 */
@NullMarked
package dev.tandem.runtime.wire.envelope;

import org.jspecify.annotations.NullMarked;
