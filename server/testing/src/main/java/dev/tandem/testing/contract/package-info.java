/** What every engine keeps, as tests: an engine's own test extends them. */
@NullMarked
package dev.tandem.testing.contract;

import org.jspecify.annotations.NullMarked;
