/** Typed values out of texts: prompts, tries, and what of an answer is told when. */
@NullMarked
package dev.tandem.gateway.extract;

import org.jspecify.annotations.NullMarked;
