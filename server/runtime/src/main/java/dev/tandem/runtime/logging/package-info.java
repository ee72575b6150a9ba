/** What a server's log looks like, for {@code java.util.logging}. */
@NullMarked
package dev.tandem.runtime.logging;

import org.jspecify.annotations.NullMarked;
