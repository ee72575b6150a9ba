/** The clients of all languages against the program as it is handed out, with the real model. */
@NullMarked
package dev.tandem.clients;

import org.jspecify.annotations.NullMarked;
