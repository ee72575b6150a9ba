/** The examples of docs/testing.md, as they stand there. */
@NullMarked
package dev.tandem.testing.guide;

import org.jspecify.annotations.NullMarked;
