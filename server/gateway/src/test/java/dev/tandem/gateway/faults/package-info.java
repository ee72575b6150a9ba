/** What callers get when a server behind the gateway breaks the rules, or its promise. */
@NullMarked
package dev.tandem.gateway.faults;

import org.jspecify.annotations.NullMarked;
