/** Tests of the compiled rules. */
@NullMarked
package dev.tandem.runtime.rules;

import org.jspecify.annotations.NullMarked;
