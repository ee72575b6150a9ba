/** What the declaration of the settings looks like on paper: reference, schema, sample, listing. */
@NullMarked
package dev.tandem.gateway.config.page;

import org.jspecify.annotations.NullMarked;
