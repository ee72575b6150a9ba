/** Tests of the log's lines. */
@NullMarked
package dev.tandem.runtime.logging;

import org.jspecify.annotations.NullMarked;
