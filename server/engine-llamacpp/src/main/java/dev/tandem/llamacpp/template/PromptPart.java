package dev.tandem.llamacpp.template;

/**
 * A piece of a prompt, tokenized by itself.
 *
 * @param text never empty
 * @param trusted whether it comes from the template, so that control tokens in it are meant as
 *     such; if not, the caller wrote it and it has to be tokenized as plain text ({@code
 *     parse_special = false})
 */
public record PromptPart(String text, boolean trusted) {}
