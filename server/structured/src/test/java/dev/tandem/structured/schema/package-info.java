@NullMarked
package dev.tandem.structured.schema;

import org.jspecify.annotations.NullMarked;
