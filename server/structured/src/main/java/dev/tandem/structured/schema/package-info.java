/**
 * JSON Schemas as a small typed model. What the model cannot say is refused with its place; nothing
 * is fetched.
 */
@NullMarked
package dev.tandem.structured.schema;

import org.jspecify.annotations.NullMarked;
