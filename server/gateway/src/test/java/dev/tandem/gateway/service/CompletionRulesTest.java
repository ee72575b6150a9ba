package dev.tandem.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.StreamOptions;
import org.junit.jupiter.api.Test;

class CompletionRulesTest {
    @Test
    void theBestAreOfAtLeastAsManyAsAreWanted() {
        CompletionRequest.Builder request = CompletionRequest.newBuilder().setN(3);

        assertThat(CompletionRules.bestOf(request.setBestOf(2).build()))
                .extracting(Violation::field)
                .containsExactly("best_of");
        assertThat(CompletionRules.bestOf(request.setBestOf(3).build())).isEmpty();
        assertThat(CompletionRules.bestOf(request.setBestOf(4).build())).isEmpty();
    }

    @Test
    void aStreamCannotChooseTheBest() {
        CompletionRequest.Builder request = CompletionRequest.newBuilder().setBestOf(2);

        assertThat(CompletionRules.bestOfInStream(request.build()))
                .extracting(Violation::field)
                .containsExactly("best_of");
        assertThat(CompletionRules.bestOfInStream(request.setN(2).build())).isEmpty();
    }

    @Test
    void optionsOfAStreamNeedAStream() {
        CompletionRequest request =
                CompletionRequest.newBuilder()
                        .setStreamOptions(StreamOptions.getDefaultInstance())
                        .build();

        assertThat(CompletionRules.streamOptions(request))
                .extracting(Violation::field)
                .containsExactly("stream_options");
        assertThat(CompletionRules.streamOptions(CompletionRequest.getDefaultInstance())).isEmpty();
    }
}
