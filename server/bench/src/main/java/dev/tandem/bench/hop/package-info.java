/** What a gateway adds to a direct call to a fast upstream, beside other gateways. */
@NullMarked
package dev.tandem.bench.hop;

import org.jspecify.annotations.NullMarked;
