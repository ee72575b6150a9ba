/** Which engine answers for which model name. */
@NullMarked
package dev.tandem.gateway.model;

import org.jspecify.annotations.NullMarked;
