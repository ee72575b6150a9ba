/** Changes of the settings while the program runs. */
@NullMarked
package dev.tandem.gateway.config.live;

import org.jspecify.annotations.NullMarked;
