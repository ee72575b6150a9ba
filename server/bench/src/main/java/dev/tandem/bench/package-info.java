/** What things cost, each beside its baseline in one run. */
@NullMarked
package dev.tandem.bench;

import org.jspecify.annotations.NullMarked;
