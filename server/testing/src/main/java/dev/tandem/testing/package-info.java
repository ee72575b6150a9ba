/**
 * The test kit: start a server, call it by every wire, script an engine. It asserts nothing itself.
 */
@NullMarked
package dev.tandem.testing;

import org.jspecify.annotations.NullMarked;
