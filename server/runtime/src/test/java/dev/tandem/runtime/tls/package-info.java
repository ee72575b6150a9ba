/** Tests of what stands beside them, and keys for them and others. */
@NullMarked
package dev.tandem.runtime.tls;

import org.jspecify.annotations.NullMarked;
