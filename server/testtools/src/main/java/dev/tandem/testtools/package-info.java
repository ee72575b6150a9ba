/** What tests of several modules need of the machine that they run on. */
@NullMarked
package dev.tandem.testtools;

import org.jspecify.annotations.NullMarked;
