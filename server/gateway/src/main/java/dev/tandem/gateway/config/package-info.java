/** What the program is told: a record per section, every problem at once. */
@NullMarked
package dev.tandem.gateway.config;

import org.jspecify.annotations.NullMarked;
