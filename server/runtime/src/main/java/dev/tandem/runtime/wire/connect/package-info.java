/** The Connect protocol: unary calls as plain POST and GET, streams of enveloped messages. */
@NullMarked
package dev.tandem.runtime.wire.connect;

import org.jspecify.annotations.NullMarked;
