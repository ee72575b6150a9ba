@NullMarked
package dev.tandem.structured.json;

import org.jspecify.annotations.NullMarked;
