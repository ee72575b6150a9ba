/**
 * Protobuf messages as what is to be read out of a text: their JSON Schemas, and values of them.
 */
@NullMarked
package dev.tandem.gateway.extract.message;

import org.jspecify.annotations.NullMarked;
