/** Tests of single rooms of the HTTP/2 wire. */
@NullMarked
package dev.tandem.runtime.wire.http2;

import org.jspecify.annotations.NullMarked;
