/**
 * HTTP/1.1 connections: requests are read strictly and within limits before Helidon sees them, slow
 * clients end, and handlers learn at once that their client left.
 */
@NullMarked
package dev.tandem.runtime.wire.http1;

import org.jspecify.annotations.NullMarked;
