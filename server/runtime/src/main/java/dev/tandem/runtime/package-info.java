/** The front door: a server for any protobuf service, by every wire, on one port. */
@NullMarked
package dev.tandem.runtime;

import org.jspecify.annotations.NullMarked;
