package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.structured.grammar.Grammar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where grammars begin, with a grammar that takes one text only. */
class FormFilterTest {
    private static final List<String> TOKENS =
            List.of(
                    "<end>",
                    "<think>",
                    "</think>",
                    "</",
                    "think>",
                    "\n",
                    "a",
                    "b",
                    ">b",
                    "<call",
                    "{}",
                    ">",
                    "<pad>");
    private static final int END = 0;
    private static final int PAD = 12;

    private final List<String> started = new ArrayList<>();

    private static Vocabulary vocabulary() {
        byte[][] pieces = new byte[TOKENS.size()][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = TOKENS.get(i).getBytes(StandardCharsets.UTF_8);
        }
        BitSet ends = new BitSet();
        ends.set(END);
        BitSet controls = new BitSet();
        controls.set(END);
        controls.set(PAD);
        return new Vocabulary(pieces, ends, controls, -1, END, false);
    }

    /** Takes the literals of the first rule, one behind the other, and then the end. */
    private final class OneText implements TokenFilter {
        private final String text;
        private int read;

        private OneText(String gbnf) {
            started.add(gbnf);
            text =
                    gbnf.replaceAll("root ::= |\"\\s*\"|^\"|\"$|\"", "")
                            .replace("\\x0A", "\n")
                            .replace("\\x3C", "<")
                            .strip();
        }

        @Override
        public boolean allows(int token) {
            return token == END ? read == text.length() : text.startsWith(TOKENS.get(token), read);
        }

        @Override
        public void filter(float[] logits) {
            for (int token = 0; token < logits.length; token++) {
                logits[token] = allows(token) ? logits[token] : Float.NEGATIVE_INFINITY;
            }
        }

        @Override
        public void accept(int token) {
            assertThat(allows(token)).isTrue();
            read += token == END ? 0 : TOKENS.get(token).length();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    private FormFilter filter(AnswerForm form) {
        return new FormFilter(form, vocabulary(), OneText::new);
    }

    private static Grammar only(String text) {
        return new Grammar("root ::= \"" + text + "\"", 1);
    }

    private static boolean takes(FormFilter filter, String... tokens) {
        for (String token : tokens) {
            if (!filter.allows(TOKENS.indexOf(token))) {
                return false;
            }
            filter.accept(TOKENS.indexOf(token));
        }
        return true;
    }

    private static AnswerForm thinking(boolean opened) {
        return new AnswerForm(
                new AnswerForm.Thinking("<think>", "</think>", opened), only("{}"), null, Set.of());
    }

    @Test
    void theGrammarBeginsBehindThoughts() {
        FormFilter filter = filter(thinking(true));

        assertThat(takes(filter, "a", "\n", "b")).isTrue();
        assertThat(takes(filter, "<end>")).isFalse();
        assertThat(takes(filter, "</think>")).isTrue();
        assertThat(takes(filter, "a")).isFalse();
        assertThat(takes(filter, "{}", "<end>")).isTrue();
    }

    @Test
    void aMarkMaySpanTokens() {
        FormFilter filter = filter(thinking(true));

        assertThat(takes(filter, "a", "</", "think>", "{}", "<end>")).isTrue();
    }

    @Test
    void whoDoesNotThinkIsBoundAtOnce() {
        assertThat(takes(filter(thinking(false)), "{}", "<end>")).isTrue();
        assertThat(takes(filter(thinking(false)), "a")).isFalse();
        assertThat(takes(filter(thinking(false)), "<think>", "a", "</think>", "{}")).isTrue();
    }

    @Test
    void callsAreBoundFromTheirTrigger() {
        AnswerForm form =
                new AnswerForm(
                        null,
                        null,
                        new AnswerForm.Calls("<call>", false, only("<call>{}")),
                        Set.of());
        FormFilter filter = filter(form);

        assertThat(takes(filter, "a", "\n", "<call")).isTrue();
        assertThat(takes(filter, ">b")).isFalse(); // what is behind the mark must fit too
        assertThat(takes(filter, ">", "{}", "<end>")).isTrue();
        assertThat(takes(filter(form), "a", "<call", "a", ">", "<end>")).isTrue();
    }

    @Test
    void controlTokensAreNeverChosenWhereAGrammarHolds() {
        FormFilter filter = filter(AnswerForm.of(only("<pad>")));
        float[] logits = new float[TOKENS.size()];
        filter.filter(logits);

        assertThat(filter.allows(PAD)).isFalse();
        assertThat(logits[PAD]).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(filter(new AnswerForm(null, only("<pad>"), null, Set.of("<pad>"))).allows(PAD))
                .isTrue();
    }
}
