/** What a port needs for TLS: its files, read and checked, and read again when they change. */
@NullMarked
package dev.tandem.runtime.tls;

import org.jspecify.annotations.NullMarked;
