/** The commands of the program. */
@NullMarked
package dev.tandem.gateway.cli;

import org.jspecify.annotations.NullMarked;
