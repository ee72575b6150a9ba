/** Limits that several servers share: counted in Redis, one script for each step. */
@NullMarked
package dev.tandem.redis;

import org.jspecify.annotations.NullMarked;
