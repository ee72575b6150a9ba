@NullMarked
package dev.tandem.structured.grammar;

import org.jspecify.annotations.NullMarked;
