package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartSplitterTest {
    private static final AnswerForm.Thinking MAYBE =
            new AnswerForm.Thinking("<think>", "</think>", false);
    private static final AnswerForm.Thinking OPENED =
            new AnswerForm.Thinking("<think>", "</think>", true);
    private static final AnswerForm.Calls ANYWHERE = new AnswerForm.Calls("<call>", false, null);
    private static final AnswerForm.Calls AT_BEGIN = new AnswerForm.Calls("{\"name\":", true, null);
    private static final AnswerForm.Calls ALL = new AnswerForm.Calls("", true, null);

    private static AnswerForm form(String kind) {
        return switch (kind) {
            case "text" -> AnswerForm.TEXT;
            case "maybe" -> new AnswerForm(MAYBE, null, ANYWHERE, Set.of());
            case "opened" -> new AnswerForm(OPENED, null, null, Set.of());
            case "begin" -> new AnswerForm(null, null, AT_BEGIN, Set.of());
            default -> new AnswerForm(OPENED, null, ALL, Set.of());
        };
    }

    /** The parts, whatever the pieces in which the text arrives. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    text   | a <think> b                     | ''    | a <think> b  | ''
                    maybe  | <think>~a b~</think>~~c         | a b   | c            | ''
                    maybe  | ~<think>a</think><call>x</call> | a     | ''           | <call>x</call>
                    maybe  | no thoughts~                    | ''    | no thoughts~ | ''
                    maybe  | a < b <cal                      | ''    | a < b <cal   | ''
                    maybe  | so: ~<call>{}                   | ''    | so:          | <call>{}
                    maybe  | <think>never ends </th          | never ends </th | '' | ''
                    opened | a</think> b                     | a     | b            | ''
                    opened | a</thinker></think>b            | a</thinker> | b      | ''
                    begin  | {"name": "f"}                   | ''    | ''           | {"name": "f"}
                    begin  | {"names": 1}                    | ''    | {"names": 1} | ''
                    begin  | so {"name": 1}                  | ''    | so {"name": 1} | ''
                    calls  | a</think>~[x]                   | a     | ''           | [x]
                    """)
    void textIsSplitAtItsMarks(
            String kind, String text, String thoughts, String content, String calls) {
        String whole = text.replace('~', '\n');
        for (int size = 1; size <= whole.length(); size++) {
            var splitter = new PartSplitter(form(kind));
            var told = new String[] {"", "", ""};
            for (int at = 0; at < whole.length(); at += size) {
                splitter.push(whole.substring(at, Math.min(whole.length(), at + size)));
                take(splitter, told);
            }
            splitter.finish();
            take(splitter, told);
            assertThat(told)
                    .as("in pieces of " + size)
                    .containsExactly(thoughts, content.replace('~', '\n'), calls);
        }
    }

    private static void take(PartSplitter splitter, String[] told) {
        told[0] += splitter.takeThoughts();
        told[1] += splitter.takeContent();
        told[2] += splitter.takeCalls();
    }
}
