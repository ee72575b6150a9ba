/**
 * JSON that is still growing: the items of a list as each becomes complete, and the value so far.
 */
@NullMarked
package dev.tandem.structured.partial;

import org.jspecify.annotations.NullMarked;
