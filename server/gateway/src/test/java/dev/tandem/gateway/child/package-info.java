/** How the program starts itself again. */
@NullMarked
package dev.tandem.gateway.child;

import org.jspecify.annotations.NullMarked;
