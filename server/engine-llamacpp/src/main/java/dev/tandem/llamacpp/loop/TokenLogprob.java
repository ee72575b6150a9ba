package dev.tandem.llamacpp.loop;

import java.util.List;

/**
 * The natural logarithm of a token's probability, by the model's own distribution: before
 * temperature, bias, penalties and grammar.
 *
 * @param token its id; {@link Vocabulary#bytes} has its bytes
 * @param top the most likely tokens at this place, best first, as many as were asked for; theirs
 *     are empty
 */
public record TokenLogprob(int token, float logprob, List<TokenLogprob> top) {}
