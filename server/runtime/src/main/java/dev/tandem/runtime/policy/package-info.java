/** The policies that any server wants: they know calls and messages, no wire. */
@NullMarked
package dev.tandem.runtime.policy;

import org.jspecify.annotations.NullMarked;
