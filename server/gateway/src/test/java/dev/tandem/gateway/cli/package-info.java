/** Tests of the commands. */
@NullMarked
package dev.tandem.gateway.cli;

import org.jspecify.annotations.NullMarked;
