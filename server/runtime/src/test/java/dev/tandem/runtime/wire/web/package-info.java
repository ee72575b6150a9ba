/** Tests of gRPC-Web's parts. */
@NullMarked
package dev.tandem.runtime.wire.web;

import org.jspecify.annotations.NullMarked;
