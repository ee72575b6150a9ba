/**
 * The engine for servers that speak Ollama's own API, and what an operator does with its models.
 */
@NullMarked
package dev.tandem.upstream.ollama;

import org.jspecify.annotations.NullMarked;
