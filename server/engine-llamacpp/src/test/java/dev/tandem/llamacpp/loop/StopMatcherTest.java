package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopMatcherTest {
    private static StopMatcher matcher(String... stops) {
        return new StopMatcher(List.of(stops));
    }

    @Test
    void withoutStopsTextPassesAtOnce() {
        StopMatcher matcher = matcher();
        assertThat(matcher.push("abc")).isEqualTo("abc");
        assertThat(matcher.finish()).isEmpty();
    }

    @Test
    void theTextBeforeAStopComesAndTheStopDoesNot() {
        StopMatcher matcher = matcher("END");
        assertThat(matcher.push("one END two")).isEqualTo("one ");
        assertThat(matcher.matched()).isTrue();
        assertThat(matcher.push("three")).isEmpty();
        assertThat(matcher.finish()).isEmpty();
    }

    @Test
    void aPossibleBeginningIsHeldBackUntilItIsDecided() {
        StopMatcher matcher = matcher("END");
        assertThat(matcher.push("a E")).isEqualTo("a ");
        assertThat(matcher.push("N")).isEmpty();
        assertThat(matcher.push("x")).isEqualTo("ENx");
        assertThat(matcher.push("EEN")).isEqualTo("E");
        assertThat(matcher.push("D")).isEmpty();
        assertThat(matcher.matched()).isTrue();
    }

    @Test
    void theEndReleasesWhatWasHeldBack() {
        StopMatcher matcher = matcher("\n\n");
        assertThat(matcher.push("line\n")).isEqualTo("line");
        assertThat(matcher.finish()).isEqualTo("\n");
        assertThat(matcher.matched()).isFalse();
    }

    @Test
    void ofSeveralStopsTheFirstInTheTextCounts() {
        assertThat(matcher("later", "soon").push("x soon or later")).isEqualTo("x ");
        StopMatcher overlapping = matcher("abcd", "bc");
        assertThat(overlapping.push("ab")).isEmpty();
        assertThat(overlapping.push("c")).isEqualTo("a");
        assertThat(overlapping.matched()).isTrue();
    }

    @Test
    void aStopIsFoundHoweverTheTextIsCut() {
        String text = "aabaabaaab|rest";
        for (int cut = 0; cut <= text.length(); cut++) {
            for (int second = cut; second <= text.length(); second++) {
                StopMatcher matcher = matcher("aaab|", "never");
                String free =
                        matcher.push(text.substring(0, cut))
                                + matcher.push(text.substring(cut, second))
                                + matcher.push(text.substring(second));
                assertThat(free).isEqualTo("aabaab");
                assertThat(matcher.matched()).isTrue();
            }
        }
    }
}
