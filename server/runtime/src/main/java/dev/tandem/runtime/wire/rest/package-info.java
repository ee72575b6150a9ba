/** JSON over HTTP, with SSE or NDJSON for streams: bindings of the contract and a path a method. */
@NullMarked
package dev.tandem.runtime.wire.rest;

import org.jspecify.annotations.NullMarked;
