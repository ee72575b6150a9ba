/** The engine for servers that speak the OpenAI API. */
@NullMarked
package dev.tandem.upstream.openai;

import org.jspecify.annotations.NullMarked;
