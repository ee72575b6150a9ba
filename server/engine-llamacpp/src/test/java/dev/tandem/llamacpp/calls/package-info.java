@NullMarked
package dev.tandem.llamacpp.calls;

import org.jspecify.annotations.NullMarked;
