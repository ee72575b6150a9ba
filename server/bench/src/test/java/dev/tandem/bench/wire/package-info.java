/** What a token may cost, held by the build. */
@NullMarked
package dev.tandem.bench.wire;

import org.jspecify.annotations.NullMarked;
