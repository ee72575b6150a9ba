/** The program: the inference contract served over the runtime, put together in one place. */
@NullMarked
package dev.tandem.gateway;

import org.jspecify.annotations.NullMarked;
