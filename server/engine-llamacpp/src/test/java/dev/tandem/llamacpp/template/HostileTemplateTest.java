package dev.tandem.llamacpp.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tandem.llamacpp.template.TemplateException.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates come out of model files: whatever one tries, it is refused within its limits. */
class HostileTemplateTest {

    static Stream<Arguments> beyondTheLimits() {
        return Stream.of(
                arguments("a long range", "{% for i in range(1000000000) %}{% endfor %}"),
                arguments(
                        "a range of all longs",
                        "{{ range(-9223372036854775807, 9223372036854775807) }}"),
                arguments("nested loops", loops(3, "range(1000)", "")),
                arguments("a text doubled", grow("x='aaaa'", 60, "ns.x ~ ns.x")),
                arguments("a text added to itself", grow("x='aaaa'", 60, "ns.x + ns.x")),
                arguments("a text repeated", "{{ 'a' * 1000000000 }}"),
                arguments("a text repeated beyond all longs", "{{ 'aaaa' * 9223372036854775807 }}"),
                arguments("a list repeated", "{{ [1] * 1000000000 }}"),
                arguments("a list doubled", grow("x=[1]", 60, "ns.x + ns.x")),
                arguments("a power", "{{ 9 ** 99999999 }}"),
                arguments("a number squared", grow("x=2", 60, "ns.x * ns.x")),
                arguments("a long number", "{{ " + "9".repeat(200_000) + " }}"),
                arguments("digits to a number", "{{ ('9' * 1000000)|int }}"),
                arguments(
                        "a macro without end",
                        "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}"),
                arguments(
                        "two macros without end",
                        "{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ f() }}"),
                arguments(
                        "a macro that calls itself twice",
                        "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}"),
                arguments(
                        "a recursive loop without end",
                        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}"),
                arguments("a deep list printed", grow("x=[1]", 9999, "[ns.x]") + "{{ ns.x }}"),
                arguments(
                        "a deep list as JSON", grow("x=[1]", 9999, "[ns.x]") + "{{ ns.x|tojson }}"),
                arguments(
                        "deep lists compared",
                        "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(9999) %}{% set ns.x = [ns.x] %}{% set ns.y = [ns.y] %}{% endfor %}{{ ns.x == ns.y }}"),
                arguments(
                        "a shared list as JSON",
                        grow("x=[1,1]", 50, "[ns.x, ns.x]") + "{{ ns.x|tojson }}"),
                arguments(
                        "a shared list printed",
                        grow("x=[1,1]", 50, "[ns.x, ns.x]") + "{{ ns.x }}"),
                arguments(
                        "shared lists compared",
                        "{% set ns = namespace(x=[1,1], y=[1,1]) %}{% for i in range(40) %}{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% endfor %}{{ ns.x == ns.y }}"),
                arguments("a wide format", "{{ '%999999999d' % 1 }}"),
                arguments("a wide brace format", "{{ '{:999999999d}'.format(1) }}"),
                arguments("a wide indent", "{{ 'a'|indent(999999999, true) }}"),
                arguments(
                        "replacements that grow",
                        grow("x='aaaaaaaaaa'", 12, "ns.x|replace('a', 'aaaaaaaaaa')")),
                arguments(
                        "replacing nothing",
                        grow("x='aaaaaaaaaa'", 12, "ns.x|replace('', 'aaaaaaaaaa')")),
                arguments(
                        "a join that grows",
                        grow(
                                "x='aaaaaaaaaa'",
                                12,
                                "ns.x.join(['b','b','b','b','b','b','b','b','b','b','b'])")),
                arguments(
                        "a long output",
                        "{% for i in range(1000000) %}" + "x".repeat(64) + "{% endfor %}"),
                arguments(
                        "a long captured output",
                        "{% set x %}{% for i in range(1000000) %}"
                                + "x".repeat(64)
                                + "{% endfor %}{% endset %}"),
                arguments(
                        "a text split again and again",
                        "{% for i in range(100000) %}{% set y = 'a a a a a a a a a a a a a a a'.split(' ') %}{% endfor %}"),
                arguments("a long text in characters", "{{ ('a' * 30000000)|list|length }}"),
                arguments(
                        "a search of a search",
                        "{% set hay = 'a' * 1000000 %}{% set needle = 'a' * 20000 ~ 'b' %}"
                                + loops(2, "range(1000)", "{{ needle in hay }}")),
                arguments(
                        "a short search",
                        "{% set hay = 'a' * 1000000 %}{% set needle = 'a' * 30 ~ 'b' %}"
                                + loops(2, "range(1000)", "{{ needle in hay }}")),
                arguments(
                        "a search from behind",
                        "{% set hay = 'a' * 1000000 %}{% set needle = 'b' ~ 'a' * 20000 %}"
                                + loops(2, "range(1000)", "{{ hay.rfind(needle) }}")),
                arguments(
                        "a long strip",
                        "{% set hay = 'a' * 1000000 %}{% set all = 'b' * 1000000 ~ 'a' %}{{ hay.strip(all) }}"),
                arguments(
                        "long texts compared",
                        "{% set x = 'a' * 1000000 %}{% set y = 'a' * 1000000 %}"
                                + loops(2, "range(1000)", "{{ x == y }}")),
                arguments(
                        "a source nested in parentheses",
                        "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}"),
                arguments("a source nested in signs", "{{ " + "- ".repeat(60_000) + "1 }}"),
                arguments(
                        "a source nested in lists",
                        "{{ " + "[".repeat(60_000) + "]".repeat(60_000) + " }}"),
                arguments(
                        "a source nested in blocks",
                        "{% if 1 %}".repeat(10_000) + "{% endif %}".repeat(10_000)),
                arguments(
                        "a source nested in conditions",
                        "{{ " + "1 if 1 else ".repeat(20_000) + "1 }}"),
                arguments(
                        "a source nested in tests",
                        "{{ 1 " + "is in [1 ".repeat(20_000) + "]".repeat(20_000) + " }}"),
                arguments("a long source", "x".repeat(300_000)));
    }

    private static String loops(int count, String over, String body) {
        return ("{% for i in " + over + " %}").repeat(count) + body + "{% endfor %}".repeat(count);
    }

    private static String grow(String start, int times, String step) {
        return "{% set ns = namespace("
                + start
                + ") %}{% for i in range("
                + times
                + ") %}{% set ns.x = "
                + step
                + " %}{% endfor %}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beyondTheLimits")
    void isRefusedWithinTheLimits(String what, String source) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> render(source))
                .matches(e -> e.kind() == Kind.LIMIT, "is a limit");
    }

    static Stream<Arguments> outOfReach() {
        return Stream.of(
                arguments("an attribute of the class", "{{ ''.__class__.__mro__ }}"),
                arguments("a Java method", "{{ messages.getClass() }}"),
                arguments("globals of a function", "{{ range.__globals__.os }}"),
                arguments("changing a list", "{{ messages.append(1) }}"),
                arguments("changing a map", "{{ {'a': 1}.update({'b': 2}) }}"),
                arguments("a list as a key", "{{ {[1]: 1} }}"),
                arguments("setting an attribute", "{% set messages.x = 1 %}"),
                arguments("a filter nobody knows", "{{ 'a'|system }}"),
                arguments("a test nobody knows", "{{ 'a' is evil }}"),
                arguments("a division by zero", "{{ 1 // 0 }}{{ 1 % 0 }}"),
                arguments("an argument missing", "{{ 'a'.replace('b') }}"),
                arguments("an unfinished format", "{{ '%' % 1 }}"),
                arguments("an index that is no number", "{{ [1]['a':] }}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outOfReach")
    void whatATemplateMayNotDoFailsAsInPython(String what, String source) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> render(source))
                .matches(e -> e.kind() == Kind.RUNTIME, "is a failure while rendering");
    }

    static Stream<Arguments> notATemplate() {
        return Stream.of(
                arguments("\n{% include 'x' %}", 2, "refused"),
                arguments("{% extends 'x' %}", 1, "refused"),
                arguments("{% import 'x' as y %}", 1, "refused"),
                arguments("{% from 'x' import y %}", 1, "refused"),
                arguments("\n\n{% if x %}", 3, "endif"),
                arguments("{{ x ", 1, "add '}}'"),
                arguments("a\n{# b", 2, "add '#}'"),
                arguments("{{ 'abc }}", 1, "add '"),
                arguments("{{ 1 + }}", 1, "end of the tag"),
                arguments("{{ a b }}", 1, "'b'"),
                arguments("{{ '\\xZZ' }}", 1, "hexadecimal"),
                arguments("{% nonsense %}", 1, "nonsense"),
                arguments("{% endfor %}", 1, "endfor"),
                arguments("{{ 1 ! 2 }}", 1, "!"),
                arguments("{% raw %}", 1, "endraw"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notATemplate")
    void aSourceThatDoesNotParseIsRefusedWithItsLine(String source, int line, String hint) {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> ChatTemplate.parse(source))
                .withMessageContaining("line " + line + ":")
                .withMessageContaining(hint)
                .matches(e -> e.kind() == Kind.SYNTAX, "is a syntax error");
    }

    @Test
    void aTemplateOutOfTimeIsStopped() {
        Limits noTime = new Limits(1 << 20, Long.MAX_VALUE, Long.MAX_VALUE, 1 << 30, 100, 0);
        ChatTemplate template = ChatTemplate.parse(loops(3, "range(1000)", ""), noTime);

        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> template.render(Map.of(), Clock.systemUTC()))
                .withMessageContaining("longer than 0 ms");
    }

    @Test
    void raiseExceptionGivesItsTextToTheCaller() {
        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> render("{{ raise_exception('Roles must alternate, not ' ~ 1) }}"))
                .withMessage("Roles must alternate, not 1")
                .matches(e -> e.kind() == Kind.RAISED, "is raised");
    }

    @Test
    void aLongChainOfOperatorsIsNoNesting() {
        assertThat(render("{{ 1" + " + 1".repeat(20_000) + " }}")).isEqualTo("20001");
        assertThat(render("{{ true" + " and true".repeat(20_000) + " }}")).isEqualTo("True");
        assertThat(render("{{ 'a'" + "|trim".repeat(20_000) + " }}")).isEqualTo("a");
        assertThat(render("{{ " + "not ".repeat(20_000) + "true }}")).isEqualTo("True");
    }

    private static String render(String source) {
        return ChatTemplate.parse(source).render(Map.of("messages", List.of()), Clock.systemUTC());
    }
}
