/**
 * Calls a Tandem server by gRPC: {@link dev.tandem.client.TandemClient} makes the calls, {@link
 * dev.tandem.client.MessageStream} and its kin are answers that come in pieces, {@link
 * dev.tandem.client.TandemException} is every failure.
 */
@NullMarked
package dev.tandem.client;

import org.jspecify.annotations.NullMarked;
