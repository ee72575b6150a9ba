package dev.tandem.llamacpp.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CallFormatTest {
    @ParameterizedTest
    @EnumSource
    void callsAreReadWhateverThePiecesInWhichTheyCome(CallFormat format) {
        CallFormat.Texts texts = format.texts();
        String text =
                texts.open()
                        + format.call("f", "{\"a\": \"}\\\"{\", \"b\": [{}]}")
                        + texts.separator()
                        + format.call("g", "{}")
                        + texts.close();
        for (int size = 1; size < text.length(); size++) {
            List<String> told = new ArrayList<>();
            CallReader reader = new CallReader(format, listener(told));
            for (int at = 0; at < text.length(); at += size) {
                reader.push(text.substring(at, Math.min(text.length(), at + size)));
            }
            assertThat(told)
                    .as("in pieces of " + size)
                    .containsExactly("f {\"a\": \"}\\\"{\", \"b\": [{}]}", "g {}");
            assertThat(reader.isWhole()).isTrue();
        }
    }

    private static CallReader.Listener listener(List<String> told) {
        return new CallReader.Listener() {
            @Override
            public void begun(String name) {
                told.add(name + " ");
            }

            @Override
            public void arguments(String more) {
                told.set(told.size() - 1, told.getLast() + more);
            }
        };
    }

    @Test
    void aCallThatIsCutIsNotWhole() {
        CallReader reader = new CallReader(CallFormat.HERMES, listener(new ArrayList<>()));
        assertThat(reader.isWhole()).isFalse();
        reader.push("<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1");
        assertThat(reader.isWhole()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    {% if tools %}<tool_call>{% endif %}                            ; HERMES
                    {% if tools %}[TOOL_CALLS] [{% endif %}                         ; MISTRAL
                    {% if tools %}[TOOL_CALLS]f[ARGS]{% endif %}                    ; MISTRAL_ARGS
                    {% if tools %}<｜tool▁calls▁begin｜> ```json{% endif %}           ; DEEPSEEK
                    {% if tools %}<|start_header_id|>ipython{% endif %}             ; LLAMA
                    {% if tools %}<tool_call><function=f>{% endif %}                ;
                    {% for message in messages %}{{ message.content }}{% endfor %}  ;
                    """)
    void aTemplateTellsItsFormat(String template, CallFormat format) {
        assertThat(CallFormat.of(template).orElse(null)).isEqualTo(format);
    }
}
