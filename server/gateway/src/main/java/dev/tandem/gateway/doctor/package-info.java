/** Looks whether a server could start here, and says what to do where it could not. */
@NullMarked
package dev.tandem.gateway.doctor;

import org.jspecify.annotations.NullMarked;
