/**
 * The test kit: start a server, call it by every wire, say what is expected of the answers, script
 * an engine.
 */
@NullMarked
package dev.tandem.testing;

import org.jspecify.annotations.NullMarked;
