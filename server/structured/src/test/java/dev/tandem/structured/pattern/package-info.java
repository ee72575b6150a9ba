@NullMarked
package dev.tandem.structured.pattern;

import org.jspecify.annotations.NullMarked;
