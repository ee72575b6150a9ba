/** Tests of the binding that need no library. */
@NullMarked
package dev.tandem.llamacpp.natives;

import org.jspecify.annotations.NullMarked;
