/** What can be set: keys, their types, and the sections that they stand in; each declared once. */
@NullMarked
package dev.tandem.gateway.config.key;

import org.jspecify.annotations.NullMarked;
