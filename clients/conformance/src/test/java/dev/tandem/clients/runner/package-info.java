/**
 * The runner of Java: gRPC by the client, the other wires by the JDK's HTTP client with framing of
 * its own.
 */
@NullMarked
package dev.tandem.clients.runner;

import org.jspecify.annotations.NullMarked;
