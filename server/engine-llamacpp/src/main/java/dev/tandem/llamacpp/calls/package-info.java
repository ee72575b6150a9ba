/** How models write calls of tools: the forms that their chat templates teach them. */
@NullMarked
package dev.tandem.llamacpp.calls;

import org.jspecify.annotations.NullMarked;
