/** Tests with a real Redis. */
@NullMarked
package dev.tandem.redis;

import org.jspecify.annotations.NullMarked;
