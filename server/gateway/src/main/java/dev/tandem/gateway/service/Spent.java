package dev.tandem.gateway.service;

import dev.tandem.v1.Usage;

/**
 * What one call took.
 *
 * @param model the model's name
 * @param usage in tokens. Where the engine did not come to tell it, the pieces of text that it sent
 *     stand for the completion's tokens and the prompt's are unknown, 0
 * @param counted did the engine tell it?
 * @param finished did the answer come to its end? False for a call that was cancelled or failed
 */
public record Spent(String model, Usage usage, boolean counted, boolean finished) {}
