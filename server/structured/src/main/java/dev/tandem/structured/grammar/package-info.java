/**
 * A schema as a grammar in GBNF, llama.cpp's notation. Every rule reads a character and goes on
 * with another rule; nothing is repeated by a count, and at most places one character decides.
 */
@NullMarked
package dev.tandem.structured.grammar;

import org.jspecify.annotations.NullMarked;
