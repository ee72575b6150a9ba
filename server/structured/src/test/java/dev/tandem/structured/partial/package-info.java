@NullMarked
package dev.tandem.structured.partial;

import org.jspecify.annotations.NullMarked;
