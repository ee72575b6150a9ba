/**
 * The rules of .proto files ({@code buf.validate}), compiled once and checked on messages. The
 * standard rules are checked here; what else there is goes to protovalidate.
 */
@NullMarked
package dev.tandem.runtime.rules;

import org.jspecify.annotations.NullMarked;
