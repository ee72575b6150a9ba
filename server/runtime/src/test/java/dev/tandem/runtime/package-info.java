/** Tests of the whole server through its port. */
@NullMarked
package dev.tandem.runtime;

import org.jspecify.annotations.NullMarked;
