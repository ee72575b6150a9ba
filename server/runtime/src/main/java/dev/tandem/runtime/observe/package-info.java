/** What one sees of a server that runs: metrics, traces, and the facts for the line of a call. */
@NullMarked
package dev.tandem.runtime.observe;

import org.jspecify.annotations.NullMarked;
