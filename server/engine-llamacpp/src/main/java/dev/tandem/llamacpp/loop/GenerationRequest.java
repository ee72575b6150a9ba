package dev.tandem.llamacpp.loop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to generate. Built by {@link #of}; immutable. */
public final class GenerationRequest {
    /** As many stop strings as a request may have. */
    public static final int MAX_STOPS = 4;

    /** As many alternatives as may be asked for at each token. */
    public static final int MAX_TOP_LOGPROBS = 20;

    private static final int MAX_STOP_LENGTH = 1_000;

    private final int[] prompt;
    private final Sampling sampling;
    private final int maxTokens;
    private final List<String> stops;
    private final int choices;
    private final int topLogprobs;
    private final boolean scoresPrompt;
    private final AnswerForm form;
    private final @Nullable String cacheSalt;

    private GenerationRequest(Builder b) {
        prompt = b.prompt.clone();
        sampling = b.sampling;
        maxTokens = b.maxTokens;
        stops = List.copyOf(b.stops);
        choices = b.choices;
        topLogprobs = b.topLogprobs;
        scoresPrompt = b.scoresPrompt;
        form = b.form;
        cacheSalt = b.cacheSalt;
        check();
    }

    /**
     * Begins a request for the tokens that follow this prompt: greedy, one choice, to the end of
     * the context.
     */
    public static Builder of(int[] prompt) {
        return new Builder(prompt);
    }

    private void check() {
        require(prompt.length > 0, "the prompt must have a token");
        require(maxTokens >= 0, "max_tokens must not be negative");
        require(choices >= 1, "n must be at least 1");
        require(stops.size() <= MAX_STOPS, "there may be " + MAX_STOPS + " stop strings at most");
        for (String stop : stops) {
            require(
                    !stop.isEmpty() && stop.length() <= MAX_STOP_LENGTH,
                    "a stop string must have 1 to " + MAX_STOP_LENGTH + " characters");
        }
        require(
                topLogprobs >= -1 && topLogprobs <= MAX_TOP_LOGPROBS,
                "top_logprobs must be from 0 to " + MAX_TOP_LOGPROBS);
        require(!scoresPrompt || wantsLogprobs(), "a prompt's logprobs need top_logprobs");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    int[] prompt() {
        return prompt;
    }

    Sampling sampling() {
        return sampling;
    }

    int maxTokens() {
        return maxTokens;
    }

    List<String> stops() {
        return stops;
    }

    int choices() {
        return choices;
    }

    int topLogprobs() {
        return topLogprobs;
    }

    boolean wantsLogprobs() {
        return topLogprobs >= 0;
    }

    boolean scoresPrompt() {
        return scoresPrompt;
    }

    AnswerForm form() {
        return form;
    }

    @Nullable String cacheSalt() {
        return cacheSalt;
    }

    /**
     * A prefix in the cache changes the numbers a little: not where an exact repeat was promised.
     * What is in the cache is not computed: not where its numbers are wanted.
     */
    boolean mayReusePrefix() {
        return cacheSalt != null && sampling.seed() == null && !scoresPrompt;
    }

    /** Collects a request; every value is checked by {@link #build}. */
    public static final class Builder {
        private final int[] prompt;
        private Sampling sampling = Sampling.GREEDY;
        private int maxTokens;
        private List<String> stops = List.of();
        private int choices = 1;
        private int topLogprobs = -1;
        private boolean scoresPrompt;
        private AnswerForm form = AnswerForm.TEXT;
        private @Nullable String cacheSalt;

        private Builder(int[] prompt) {
            this.prompt = prompt;
        }

        /** How tokens are chosen. */
        public Builder sampling(Sampling value) {
            sampling = value;
            return this;
        }

        /** The most tokens of each choice; 0 means up to the end of the context. */
        public Builder maxTokens(int value) {
            maxTokens = value;
            return this;
        }

        /** Strings that end a choice and are not part of its text. */
        public Builder stops(List<String> value) {
            stops = value;
            return this;
        }

        /** How many continuations of the prompt; each takes a slot. */
        public Builder choices(int value) {
            choices = value;
            return this;
        }

        /** Asks for the logprob of each token, with this many alternatives (0 to 20). */
        public Builder topLogprobs(int value) {
            topLogprobs = value;
            return this;
        }

        /** Asks for the logprobs of the prompt's tokens too, as {@link #topLogprobs} says. */
        public Builder scoresPrompt(boolean value) {
            scoresPrompt = value;
            return this;
        }

        /** What each choice is made of. Only with grammars that this program wrote. */
        public Builder form(AnswerForm value) {
            form = value;
            return this;
        }

        /**
         * Who may share the cache of this prompt's prefix: requests with an equal salt, no others.
         * Without one nothing is reused or left behind.
         */
        public Builder cacheSalt(@Nullable String value) {
            cacheSalt = value;
            return this;
        }

        /**
         * The finished request.
         *
         * @throws IllegalArgumentException naming the value that is out of range
         */
        public GenerationRequest build() {
            return new GenerationRequest(this);
        }
    }
}
