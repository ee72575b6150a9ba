/** gRPC-Web, binary and as text: gRPC's frames with the status in the body, over either HTTP. */
@NullMarked
package dev.tandem.runtime.wire.web;

import org.jspecify.annotations.NullMarked;
