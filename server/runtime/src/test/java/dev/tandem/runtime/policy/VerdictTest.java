package dev.tandem.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.JoinedRule;
import dev.tandem.runtime.call.MisshapenMessageException;
import dev.tandem.runtime.rules.RuleBook;
import dev.tandem.test.v1.Inner;
import dev.tandem.test.v1.Kind;
import dev.tandem.test.v1.Ruled;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final RuleBook RULES = new RuleBook(List.of(Ruled.getDefaultInstance()));

    @Test
    void allIsToldInTheOrderOfTheFields() {
        Verdict verdict = misshapen("inner.number", "name");
        verdict.joined(rule(), List.of());
        verdict.rules(RULES.check(valid().setText("a").setTaboo("aa").build()));

        assertThat(paths(verdict)).containsExactly("text", "name", "taboo", "inner.number");
    }

    @Test
    void whereTheFormIsWrongNoRuleIsToldOfAnythingAboveOrBelow() {
        Verdict verdict = misshapen("words", "list[0]", "inner.text");
        Ruled.Builder partial = valid().clearWords().clearInner();
        partial.addList(Inner.newBuilder().setText("long"));
        partial.addList(Inner.newBuilder().setText("long"));

        verdict.rules(RULES.check(partial.build()));

        assertThat(paths(verdict)).containsExactly("words", "inner.text", "list[0]", "list[1]");
    }

    @Test
    void aListThatIsTooLongIsSoWhateverIsInIt() {
        Verdict verdict = misshapen("list[0].text");
        Ruled.Builder partial = valid();
        for (int i = 0; i < 4; i++) {
            partial.addList(Inner.newBuilder().setText("ab"));
        }

        verdict.rules(RULES.check(partial.build()));

        assertThat(paths(verdict)).containsExactly("list", "list[0].text");
    }

    @Test
    void aRuleAcrossFieldsIsNotHeardWhereWhatItReadsHasAnotherForm() {
        Verdict verdict = misshapen("text", "list[1].text");

        verdict.joined(rule("name", "text"), broken("name"));
        verdict.joined(rule("name", "taboo"), broken("taboo"));
        verdict.joined(rule("list"), broken("list[0].number"));
        verdict.joined(rule("list"), broken("list[1].number"));
        verdict.joined(rule(), broken("kind"));

        assertThat(paths(verdict))
                .containsExactly("text", "taboo", "list[0].number", "list[1].text");
    }

    @Test
    void aRuleAcrossFieldsIsNotAskedOfListsThatAreTooLong() {
        Ruled.Builder request = valid();
        for (int i = 0; i < 4; i++) {
            request.addList(Inner.newBuilder().setText("ab"));
        }
        Verdict verdict = new Verdict(Ruled.getDescriptor());
        verdict.rules(RULES.check(request.build()));

        assertThat(verdict.allows(rule("list"))).isFalse();
        assertThat(verdict.allows(rule("name"))).isTrue();
        assertThat(verdict.allows(rule())).isFalse();
    }

    @Test
    void whatIsNotListedIsCounted() {
        Verdict verdict = new Verdict(Ruled.getDescriptor());
        verdict.misshapen(
                new MisshapenMessageException(
                        Ruled.getDefaultInstance(),
                        List.of(new Violation("", "type", "Must be an object.")),
                        200));

        assertThat(Objects.requireNonNull(verdict.error()).message())
                .isEqualTo("Must be an object. (and 199 more)");
    }

    private static Verdict misshapen(String... paths) {
        Verdict verdict = new Verdict(Ruled.getDescriptor());
        List<Violation> violations = broken(paths);
        verdict.misshapen(
                new MisshapenMessageException(
                        Ruled.getDefaultInstance(), violations, violations.size()));
        return verdict;
    }

    private static List<Violation> broken(String... paths) {
        return Stream.of(paths).map(path -> new Violation(path, "type", "Must fit.")).toList();
    }

    private static JoinedRule<Ruled> rule(String... reads) {
        return new JoinedRule<>(Set.of(reads), request -> List.of());
    }

    private static List<String> paths(Verdict verdict) {
        return Objects.requireNonNull(verdict.error()).violations().stream()
                .map(Violation::field)
                .toList();
    }

    private static Ruled.Builder valid() {
        return Ruled.newBuilder()
                .setText("abc")
                .setName("a")
                .setTaboo("b")
                .setLarge(2)
                .setKind(Kind.KIND_PROSE)
                .addWords("a")
                .setNeeded("a")
                .setInner(Inner.newBuilder().setText("a"))
                .setAsNumber(1);
    }
}
