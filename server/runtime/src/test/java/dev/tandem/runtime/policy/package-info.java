/** Tests of the policies. */
@NullMarked
package dev.tandem.runtime.policy;

import org.jspecify.annotations.NullMarked;
