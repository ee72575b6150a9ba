/** That the comparison of gateways runs. */
@NullMarked
package dev.tandem.bench.hop;

import org.jspecify.annotations.NullMarked;
