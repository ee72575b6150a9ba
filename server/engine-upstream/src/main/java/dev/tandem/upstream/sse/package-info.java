/** Reads server-sent events from a stream of bytes. */
@NullMarked
package dev.tandem.upstream.sse;

import org.jspecify.annotations.NullMarked;
