package dev.tandem.structured.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutomatonTest {
    /** The platform's own expressions are an independent reading of the same patterns. */
    @Test
    void randomPatternsFindWhatThePlatformFinds() {
        for (int seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            String pattern = pattern(random, 3);
            Automaton automaton = Automaton.ofPattern(pattern);
            Automaton others = automaton.not();
            Pattern known = Pattern.compile(pattern);
            for (int i = 0; i < 20; i++) {
                String text = text(random);
                assertThat(automaton.matches(text))
                        .as("seed %s: %s in %s", seed, pattern, text)
                        .isEqualTo(known.matcher(text).find());
                assertThat(others.matches(text)).isNotEqualTo(automaton.matches(text));
            }
        }
    }

    @Test
    void joinedAutomataTakeWhatBothTake() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            Automaton one = Automaton.ofPattern(pattern(random, 2));
            Automaton two = Automaton.ofPattern(pattern(random, 2));
            Automaton both = one.and(two);
            for (int i = 0; i < 20; i++) {
                String text = text(random);
                assertThat(both.matches(text)).isEqualTo(one.matches(text) && two.matches(text));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "^\\d{2}$ 12 123",
                "^[^\\d]+$ ab a1",
                "^\\u00e9\\x41$ éA A",
                "^\\u{1F600}$ \uD83D\uDE00 x",
                "^.$ \uD83D\uDE00 xy",
                "^(?:a|b)*?c$ abac ab",
                "^(?<year>\\d+)$ 2024 x",
                "^a{,2}$ a{,2} aa",
                "^[\\w.-]+$ a-b.c a+b",
                "^[\\]\\-a]+$ ]-a b",
                "a|^$ xa x",
                "^\\S+$ ab \u00A0"
            })
    void patternsMeanWhatEcmaScriptSays(String pattern, String good, String bad) {
        assertThat(Automaton.ofPattern(pattern).matches(good)).isTrue();
        assertThat(Automaton.ofPattern(pattern).matches(bad)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(a)\\1", "\\k<a>", "\\bx", "\\p{L}", "(a",
                        "a)",
                "[a", "*a", "a**", "a{3,2}", "a{2000}", "[z-a]", "\\", "\\q", "\\ud800", "^*",
                "((a{1,999}){1,999}){1,999}", "(a|b)*a(a|b){20}"
            })
    void whatIsNotRegularOrTooLargeIsRefused(String pattern) {
        assertThatThrownBy(() -> Automaton.ofPattern(pattern)).isInstanceOf(PatternRefused.class);
    }

    @Test
    void anEmptyAutomatonIsSeen() {
        assertThat(Automaton.ofPattern("a^b").isEmpty()).isTrue();
        assertThat(Automaton.ofPattern("^a$").and(Automaton.ofLength(2, 3)).isEmpty()).isTrue();
        assertThat(Automaton.ofPattern("^$").isEmpty()).isFalse();
    }

    private static String pattern(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 10)) {
            case 0 -> "a";
            case 1 -> "b";
            case 2 -> random.nextBoolean() ? "[ac]" : "[^b]";
            case 3, 4 -> pattern(random, depth - 1) + pattern(random, depth - 1);
            case 5 -> "(" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
            case 6 -> "(" + pattern(random, depth - 1) + ")*";
            case 7 -> "(" + pattern(random, depth - 1) + "){1,3}";
            case 8 -> "^" + pattern(random, depth - 1);
            default -> pattern(random, depth - 1) + "$";
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append("abc".charAt(random.nextInt(3)));
        }
        return text.toString();
    }
}
