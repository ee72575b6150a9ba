/** Tests of what documents answer with, value by value. */
@NullMarked
package dev.tandem.runtime.wire.docs;

import org.jspecify.annotations.NullMarked;
