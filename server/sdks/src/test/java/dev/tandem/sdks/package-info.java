/** Unmodified SDKs against the program as it is handed out, with the real model. */
@NullMarked
package dev.tandem.sdks;

import org.jspecify.annotations.NullMarked;
