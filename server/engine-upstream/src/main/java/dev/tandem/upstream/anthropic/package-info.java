/** The engine for servers that speak Anthropic's Messages API. */
@NullMarked
package dev.tandem.upstream.anthropic;

import org.jspecify.annotations.NullMarked;
