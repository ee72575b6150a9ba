/** Who calls: credentials, how they are checked, and what callers may do. */
@NullMarked
package dev.tandem.runtime.auth;

import org.jspecify.annotations.NullMarked;
