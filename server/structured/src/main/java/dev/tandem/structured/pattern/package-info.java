/**
 * Regular expressions as deterministic automata: matching is linear in the text, and an automaton
 * can be written as a grammar. No look-around, no back-references.
 */
@NullMarked
package dev.tandem.structured.pattern;

import org.jspecify.annotations.NullMarked;
