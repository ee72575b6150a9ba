/** What docs/web.md shows, tested as it stands there. */
@NullMarked
package dev.tandem.runtime.web;

import org.jspecify.annotations.NullMarked;
