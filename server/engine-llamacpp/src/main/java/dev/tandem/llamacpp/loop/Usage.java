package dev.tandem.llamacpp.loop;

/**
 * Tokens of a request so far.
 *
 * @param promptTokens once, however many choices
 * @param cachedPromptTokens those of the prompt that were still in the slot's cache
 * @param completionTokens generated, over all choices; the token that ends a text is not counted,
 *     those of a stop string are
 */
public record Usage(int promptTokens, int cachedPromptTokens, int completionTokens) {}
