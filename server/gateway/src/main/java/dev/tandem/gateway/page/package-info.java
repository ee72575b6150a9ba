/** The page in which people talk with the models. */
@NullMarked
package dev.tandem.gateway.page;

import org.jspecify.annotations.NullMarked;
