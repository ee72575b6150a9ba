/** What calls of models cost in requests and tokens, and which limits they fall under. */
@NullMarked
package dev.tandem.gateway.quota;

import org.jspecify.annotations.NullMarked;
