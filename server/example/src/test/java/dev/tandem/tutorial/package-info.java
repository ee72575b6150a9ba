/** Does what docs/tutorial.md says, in an empty folder. */
@NullMarked
package dev.tandem.tutorial;

import org.jspecify.annotations.NullMarked;
