@NullMarked
package dev.tandem.structured.check;

import org.jspecify.annotations.NullMarked;
