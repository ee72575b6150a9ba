/** Child processes that end in every way. */
@NullMarked
package dev.tandem.remote.child;

import org.jspecify.annotations.NullMarked;
