/** A server for tests of engines that ask other servers, and what they have in common. */
@NullMarked
package dev.tandem.upstream;

import org.jspecify.annotations.NullMarked;
