/** Whether a finished value is valid against a schema, in bounded time. */
@NullMarked
package dev.tandem.structured.check;

import org.jspecify.annotations.NullMarked;
