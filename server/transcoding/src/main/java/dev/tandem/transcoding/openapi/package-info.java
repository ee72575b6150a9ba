/**
 * The OpenAPI document of a route table: what is served, with the rules and comments of the .proto
 * files.
 */
@NullMarked
package dev.tandem.transcoding.openapi;

import org.jspecify.annotations.NullMarked;
