/**
 * Services that the runtime brings along or takes as they are: those written for grpc-java, the
 * standard health service and server reflection.
 */
@NullMarked
package dev.tandem.runtime.hosting;

import org.jspecify.annotations.NullMarked;
