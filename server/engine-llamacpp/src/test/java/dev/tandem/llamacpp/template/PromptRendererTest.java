package dev.tandem.llamacpp.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller writes never stands in a part whose control tokens count. */
class PromptRendererTest {
    private static final Truth TRUTH = Truth.committed();
    private static final Map<String, Map<String, @Nullable Object>> CONVERSATIONS =
            Truth.conversations();
    private static final List<String> CONTROL_TOKENS =
            List.of(
                    "<|im_start|>",
                    "<|im_end|>",
                    "<s>",
                    "</s>",
                    "[INST]",
                    "[/INST]",
                    "<<SYS>>",
                    "<|eot_id|>",
                    "<|start_header_id|>",
                    "<|end_header_id|>",
                    "<start_of_turn>",
                    "<end_of_turn>",
                    "<|start|>",
                    "<|end|>",
                    "<|channel|>",
                    "<|message|>",
                    "<｜User｜>",
                    "<tool_call>");

    static Stream<Arguments> renders() {
        return TRUTH.renders().stream()
                .filter(render -> render.error() == null)
                .map(render -> arguments(render.title(), render));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("renders")
    void thePartsTogetherAreThePlainRender(String title, Truth.Render render) {
        List<PromptPart> parts =
                parts(render, CONVERSATIONS.getOrDefault(render.conversation(), Map.of()));

        assertThat(parts.stream().map(PromptPart::text).collect(Collectors.joining()))
                .isEqualTo(render.output());
        assertThat(parts).noneMatch(part -> part.text().isEmpty());
        for (int i = 1; i < parts.size(); i++) {
            assertThat(parts.get(i).trusted()).isNotEqualTo(parts.get(i - 1).trusted());
        }
    }

    static Stream<Arguments> injections() {
        return TRUTH.renders().stream()
                .filter(render -> render.error() == null)
                .filter(render -> render.conversation().startsWith("injection"))
                .map(render -> arguments(render.title(), render));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("injections")
    void aCallersControlTokensAreUntrusted(String title, Truth.Render render) {
        Map<String, @Nullable Object> conversation =
                CONVERSATIONS.getOrDefault(render.conversation(), Map.of());
        List<String> evil = trusted(parts(render, conversation));
        List<String> harmless =
                trusted(parts(render, asObject(withoutControlTokens(conversation))));

        assertThat(evil).noneMatch(text -> text.contains("Obey"));
        for (String token : CONTROL_TOKENS) {
            assertThat(count(evil, token)).as(token).isEqualTo(count(harmless, token));
        }
    }

    static Stream<Arguments> followed() {
        return Stream.of(
                arguments("{{ '<a>' + x }}", "u<i>", "<a>«u<i>»"),
                arguments("{{ '<a>' ~ x ~ 1 }}", "u", "<a>«u»1"),
                arguments("[{{ x|trim }}]{{ x.strip('< >') }}", "  <u>  ", "[«<u>»]«u»"),
                arguments("{{ ('<' + x + '>')[1:-1] }}|{{ ('<' + x)[0] }}", "u", "«u»|<"),
                arguments("{{ ('<' + x)[::-1] }}", "uv", "«vu»<"),
                arguments("{{ ('<' + x)|reverse }}", "uv", "«vu»<"),
                arguments(
                        "{{ (x + '</think>' + x).split('</think>')|join('<>') }}", "u", "«u»<>«u»"),
                arguments("{{ x.split('</think>')[-1].lstrip('\n') }}", "a</think>\n\nb", "«b»"),
                arguments("{{ x.partition('=')[1] }}{{ x.rsplit('=', 1)[1] }}", "a=b", "«=b»"),
                arguments("{{ ('<a> ' ~ x)|replace('u', '<b>') }}", "uvu", "<a> <b>«v»<b>"),
                arguments("{{ '<x>'|replace('x', x) }}", "<u>", "<«<u>»>"),
                arguments(
                        "{{ ('<a>' ~ x)|upper }}{{ x.lower() }}{{ x|title }}", "uV", "<A>«UVuvUv»"),
                arguments("{{ ('<a>' ~ x)|upper }}", "ß", "«<A>SS»"),
                arguments("{{ '<%s>%5s' % (x, x) }}", "u", "<«u»>    «u»"),
                arguments("{{ '<{}>{y}'.format(x, y=x) }}", "u", "<«u»>«u»"),
                arguments("{{ [x, '<b>']|join(', ') }}", "u", "«u», <b>"),
                arguments("{{ {'a': x}|tojson }}<b>", "<u>", "«{\"a\": \"<u>\"}»<b>"),
                arguments("{{ {'a': 1}|tojson }}", "u", "{\"a\": 1}"),
                arguments("{{ [x] }}", "u", "«['u']»"),
                arguments("{% set y %}<a>{{ x }}{% endset %}{{ y|trim }}", " u ", "<a>« u»"),
                arguments("{% filter upper %}<a>{{ x }}{% endfilter %}", "u", "<A>«U»"),
                arguments("{% macro m(y) %}<a>{{ y }}{% endmacro %}{{ m(x) }}", "u", "<a>«u»"),
                arguments(
                        "{% set n = namespace(y='') %}{% for c in x %}{% set n.y = n.y ~ '<' ~ c %}{% endfor %}{{ n.y }}",
                        "uv", "<«u»<«v»"),
                arguments("{{ {x: 1}|items|first|first }}", "u", "«u»"),
                arguments("{{ x|indent(2, true) }}", "u\nv", "  «u»\n  «v»"),
                arguments("{{ x|e }}{{ '<'|e }}", "<", "«&lt;»&lt;"),
                arguments("{{ x * 2 }}{{ '<' * 2 }}", "u", "«uu»<<"),
                arguments("{{ x|default('<d>') }}{{ y|default('<d>') }}", "u", "«u»<d>"),
                arguments("{{ x if '</think>' in x else '<no>' }}", "u", "<no>"),
                arguments("{{ x.splitlines()|last }}{{ x.removeprefix('u') }}", "u\nv", "«v\nv»"),
                arguments("{{ strftime_now(x) }}", "<u>%Y", "«<u>2026»"),
                arguments("{{ x.partition('=')|join }}", "a=b", "«a=b»"),
                arguments("{{ x.format(1) }}{{ x % () }}", "{0:d<u>}%%", "1«<u>%%{0:d<u>}%»"),
                arguments(
                        "{{ dict(**{x: 1}) }}{{ [1]|tojson(separators=(x, x)) }}",
                        "<",
                        "«{'<': 1}[1]»"),
                arguments("{{ '<' ~ x|length ~ '>' }}{{ x|int + 1 }}", "41", "<2>42"));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("followed")
    void aCallersCharactersAreFollowedThroughOperations(
            String template, String text, String expected) {
        ChatInput input = new ChatInput(List.of(), null, false, Map.of("x", text));

        assertThat(marked(renderer(template).render(input))).isEqualTo(expected);
    }

    @Test
    void wellKnownRolesAndTypesAreTrustedAndOthersAreNot() {
        String template =
                "{% for m in messages %}<{{ m.role }}>{{ m.content[0].type }}{% endfor %}";
        List<Map<String, @Nullable Object>> messages =
                List.of(message("user", "text"), message("<|im_end|>", "<image>"));

        List<PromptPart> parts =
                renderer(template).render(new ChatInput(messages, null, false, Map.of()));

        assertThat(marked(parts)).isEqualTo("<user>text<«<|im_end|>»>«<image>»");
    }

    @Test
    void namesOfACallersArgumentsAreUntrusted() {
        String template =
                "{% for k, v in tools[0].items() %}<{{ k }}>{{ v }}{% endfor %}{{ tools[0]['<k>'] }}";
        ChatInput input = new ChatInput(List.of(), List.of(Map.of("<k>", "v")), false, Map.of());

        assertThat(marked(renderer(template).render(input))).isEqualTo("<«<k>»>«vv»");
    }

    @Test
    void tokensAndTheGenerationPromptComeFromUs() {
        String template =
                "{{ bos_token }}{{ tools is none }}{{ '<go>' if add_generation_prompt }}{{ eos_token }}";
        Map<String, @Nullable Object> extras =
                Map.of("bos_token", "<evil>", "add_generation_prompt", false);

        List<PromptPart> parts =
                renderer(template).render(new ChatInput(List.of(), null, true, extras));

        assertThat(marked(parts)).isEqualTo("<s>True<go></s>");
    }

    private static Map<String, @Nullable Object> message(String role, String type) {
        return Map.of("role", role, "content", List.of(Map.of("type", type)));
    }

    private static PromptRenderer renderer(String template) {
        return new PromptRenderer(ChatTemplate.parse(template), Truth.BOS, Truth.EOS, Truth.CLOCK);
    }

    private static List<PromptPart> parts(
            Truth.Render render, Map<String, @Nullable Object> conversation) {
        String source = TRUTH.sources().getOrDefault(render.template(), "");
        return renderer(source).render(Truth.input(conversation, render.generationPrompt()));
    }

    private static List<String> trusted(List<PromptPart> parts) {
        return parts.stream().filter(PromptPart::trusted).map(PromptPart::text).toList();
    }

    private static String marked(List<PromptPart> parts) {
        return parts.stream()
                .map(part -> part.trusted() ? part.text() : "«" + part.text() + "»")
                .collect(Collectors.joining());
    }

    private static int count(List<String> texts, String token) {
        return texts.stream()
                .mapToInt(text -> text.split(Pattern.quote(token), -1).length - 1)
                .sum();
    }

    /** The same with every string robbed of what control tokens are made of. */
    private static @Nullable Object withoutControlTokens(@Nullable Object value) {
        return switch (value) {
            case String text -> text.replaceAll("[<>|｜\\[\\]]", "");
            case List<?> list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.forEach(item -> items.add(withoutControlTokens(item)));
                yield items;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                map.forEach((key, item) ->
                        entries.put(
                                String.valueOf(withoutControlTokens(key)),
                                withoutControlTokens(item)));
                yield entries;
            }
            case null, default -> value;
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> asObject(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }
}
