/** Tests of who calls. */
@NullMarked
package dev.tandem.runtime.auth;

import org.jspecify.annotations.NullMarked;
