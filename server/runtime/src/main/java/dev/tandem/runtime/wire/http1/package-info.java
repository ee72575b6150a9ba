/** HTTP/1.1 connections whose handlers learn at once that their client left. */
@NullMarked
package dev.tandem.runtime.wire.http1;

import org.jspecify.annotations.NullMarked;
