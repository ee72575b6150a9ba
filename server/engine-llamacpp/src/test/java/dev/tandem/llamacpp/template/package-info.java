/**
 * The interpreter against Python's, against hostile templates and against callers who write control
 * tokens.
 */
@NullMarked
package dev.tandem.llamacpp.template;

import org.jspecify.annotations.NullMarked;
