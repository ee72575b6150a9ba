/**
 * Which protobuf method answers which HTTP request: the bindings of {@code google.api.http}
 * compiled into one table, and paths and queries bound to message fields.
 */
@NullMarked
package dev.tandem.transcoding.route;

import org.jspecify.annotations.NullMarked;
