/** Tests of routes. */
@NullMarked
package dev.tandem.transcoding.route;

import org.jspecify.annotations.NullMarked;
