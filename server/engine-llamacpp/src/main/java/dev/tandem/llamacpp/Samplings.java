package dev.tandem.llamacpp;

import dev.tandem.llamacpp.loop.Sampling;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.CompletionRequest;
import java.util.HashMap;
import java.util.Map;

/** How requests want tokens to be chosen. */
final class Samplings {
    private Samplings() {}

    static Sampling of(ChatRequest request, Extras extras) {
        return new Sampling(
                request.hasTemperature() ? request.getTemperature() : 1,
                request.hasTopP() ? request.getTopP() : 1,
                extras.topK() == null ? 0 : extras.topK(),
                extras.minP() == null ? 0 : extras.minP(),
                request.getPresencePenalty(),
                request.getFrequencyPenalty(),
                byToken(request.getLogitBiasMap()),
                request.hasSeed() ? request.getSeed() : null);
    }

    static Sampling of(CompletionRequest request, Extras extras) {
        return new Sampling(
                request.hasTemperature() ? request.getTemperature() : 1,
                request.hasTopP() ? request.getTopP() : 1,
                extras.topK() == null ? 0 : extras.topK(),
                extras.minP() == null ? 0 : extras.minP(),
                request.getPresencePenalty(),
                request.getFrequencyPenalty(),
                byToken(request.getLogitBiasMap()),
                request.hasSeed() ? request.getSeed() : null);
    }

    private static Map<Integer, Double> byToken(Map<String, Double> bias) {
        Map<Integer, Double> byToken = new HashMap<>();
        bias.forEach((token, value) -> byToken.put(Integer.valueOf(token), value));
        return byToken;
    }
}
