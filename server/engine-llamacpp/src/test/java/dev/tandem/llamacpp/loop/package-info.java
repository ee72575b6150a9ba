/** Tests of the loop, with hand-made numbers and, where one is to be had, with a real model. */
@NullMarked
package dev.tandem.llamacpp.loop;

import org.jspecify.annotations.NullMarked;
