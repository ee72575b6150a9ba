package dev.tandem.bedrock;

import dev.tandem.engines.Refusal;
import dev.tandem.v1.ChatRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a request may ask and the Converse API cannot do: said before anything is sent. */
final class Refusals {
    private Refusals() {}

    /**
     * Returns where the API has a field for all that is asked.
     *
     * @param extras the fields beyond the contract that go through
     */
    static void check(ChatRequest request, Set<String> extras) {
        checkSampling(request);
        checkServices(request);
        checkCaching(request);
        checkTools(request);
        checkExtras(request.getExtraMap(), "", extras);
    }

    private static void checkSampling(ChatRequest request) {
        refuse(request.getN() > 1, "n", "This model gives one answer a request; leave it out.");
        refuse(request.hasSeed(), "seed", "This model takes no seed; leave it out.");
        refuse(
                request.getPresencePenalty() != 0,
                "presence_penalty",
                "This model knows no penalties; leave it out.");
        refuse(
                request.getFrequencyPenalty() != 0,
                "frequency_penalty",
                "This model knows no penalties; leave it out.");
        refuse(
                request.getLogitBiasCount() > 0,
                "logit_bias",
                "This model's tokens cannot be biased; leave it out.");
        refuse(
                request.getLogprobs(),
                "logprobs",
                "This model tells no probabilities; leave it out.");
        refuse(
                request.getTopLogprobs() > 0,
                "top_logprobs",
                "This model tells no probabilities; leave it out.");
    }

    private static void checkServices(ChatRequest request) {
        refuse(
                request.getModalitiesList().stream().anyMatch(modality -> !modality.equals("text")),
                "modalities",
                "This model answers with text only.");
        refuse(request.hasAudio(), "audio", "This model cannot speak; leave it out.");
        refuse(
                request.hasPrediction(),
                "prediction",
                "This model makes no use of predictions; leave it out.");
        refuse(
                request.hasWebSearchOptions(),
                "web_search_options",
                "This model cannot search the web; leave it out.");
        refuse(
                request.hasModeration(),
                "moderation",
                "Nothing is checked for harm here; leave it out.");
        refuse(request.getStore(), "store", "Answers are not kept; leave it out.");
        refuse(
                request.hasVerbosity(),
                "verbosity",
                "This model does not take it; say in the system message how long answers are.");
    }

    private static void checkCaching(ChatRequest request) {
        refuse(
                request.hasPromptCacheRetention(),
                "prompt_cache_retention",
                "This model caches up to a part's `prompt_cache_breakpoint` only; leave it out.");
        refuse(
                request.hasPromptCacheOptions(),
                "prompt_cache_options",
                "This model caches up to a part's `prompt_cache_breakpoint` only; leave it out.");
        refuse(
                request.hasPromptCacheKey(),
                "prompt_cache_key",
                "This model's cache takes no keys; leave it out.");
    }

    @SuppressWarnings("deprecation") // deprecated for callers; who uses it shall get an answer
    private static void checkTools(ChatRequest request) {
        refuse(
                request.getFunctionsCount() > 0,
                "functions",
                "This model knows no functions; send them as `tools`.");
        refuse(
                request.hasFunctionCall(),
                "function_call",
                "This model knows no functions; send `tools` and `tool_choice`.");
        refuse(
                request.hasParallelToolCalls()
                        && !request.getParallelToolCalls()
                        && request.getToolsCount() > 0,
                "parallel_tool_calls",
                "This model cannot be held to one call an answer; leave it out.");
    }

    /** A misspelt field must not vanish. */
    static void checkExtras(Map<String, String> extra, String prefix, Set<String> allowed) {
        for (String name : extra.keySet()) {
            refuse(
                    !allowed.contains(name),
                    prefix + name,
                    "This model knows no field `"
                            + name
                            + "`; "
                            + (allowed.isEmpty()
                                    ? "it knows none beyond the API."
                                    : "beyond the API it knows "
                                            + String.join(", ", new TreeSet<>(allowed))
                                            + "."));
        }
    }

    /** Refuses what was asked. */
    static void refuse(boolean asked, String param, String message) {
        if (asked) {
            throw Refusal.unsupportedValue(param, message);
        }
    }
}
