/** Another Tandem as an engine, against a real server. */
@NullMarked
package dev.tandem.remote;

import org.jspecify.annotations.NullMarked;
