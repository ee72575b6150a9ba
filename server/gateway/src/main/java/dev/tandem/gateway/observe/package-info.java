/** What the gateway tells of models: tokens, their times, and by which engine they were made. */
@NullMarked
package dev.tandem.gateway.observe;

import org.jspecify.annotations.NullMarked;
