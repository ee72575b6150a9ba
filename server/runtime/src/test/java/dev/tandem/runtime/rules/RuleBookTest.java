package dev.tandem.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.test.v1.BrokenRequest;
import dev.tandem.test.v1.Foreign;
import dev.tandem.test.v1.Inner;
import dev.tandem.test.v1.Ruled;
import dev.tandem.test.v1.WrongRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleBookTest {
    private static final RuleBook RULES = new RuleBook(List.of(Ruled.getDefaultInstance()));

    @Test
    void sentencesNameTheLimits() {
        assertThat(broken(Ruled.newBuilder().setText("a").setOutside(2)))
                .contains(
                        violation("text", "string.min_len", "Must have 3 to 5 characters."),
                        violation(
                                "name",
                                "string.pattern",
                                "Must be 1 to 3 of the characters a-z _."),
                        violation("taboo", "string.not_in", "Must not be \"\" or \"aa\"."),
                        violation(
                                "outside",
                                "uint32.gt_lt_exclusive",
                                "Must be less than 1 or greater than 3."),
                        violation(
                                "large",
                                "fixed64.gte_lt",
                                "Must be at least 2 and less than 18446744073709551615."),
                        violation("kind", "enum.not_in", "Must be one of \"prose\", \"poems\"."),
                        violation("words", "repeated.min_items", "Must have 1 to 2 items."),
                        violation("needed", "required", "Must be given."),
                        violation("", "required", "Must have one of \"as_text\", \"as_number\"."));
    }

    @Test
    void keysAreToldFromValues() {
        assertThat(broken(Ruled.newBuilder().putCounts("long", 0)))
                .contains(
                        violation(
                                "counts[\"long\"]",
                                "string.max_len",
                                "The key must have at most 1 character."),
                        violation("counts[\"long\"]", "int32.gt", "Must be greater than 0."));
    }

    @Test
    void whatMayStandBareHasThePathOfTheBareValue() {
        Ruled.Builder bare =
                Ruled.newBuilder()
                        .setInner(Inner.newBuilder().setText("long"))
                        .addList(Inner.newBuilder().setText("long"))
                        .addList(Inner.newBuilder().setText("long").setNumber(1))
                        .addWords("");

        assertThat(broken(bare))
                .extracting(Violation::field)
                .contains("inner", "list[0]", "list[1].text", "words")
                .doesNotContain("inner.text", "list[0].text", "words[0]");
    }

    @Test
    void rulesOfProtovalidateSpeakOurWordsWhereTheyAreStandardOnes() {
        Ruled.Builder ruled =
                Ruled.newBuilder()
                        .addForeign(
                                Foreign.newBuilder()
                                        .setOne(10)
                                        .setMail("nobody")
                                        .putNotes(7, "too long"));

        assertThat(broken(ruled))
                .contains(
                        violation("foreign[0]", "foreign.sum", "Sum must be less than ten."),
                        violation("foreign[0].one", "int32.gte_lte", "Must be from 0 to 9."),
                        violation(
                                "foreign[0].mail",
                                "string.email",
                                "Must be a valid email address."),
                        violation(
                                "foreign[0].notes[\"7\"]",
                                "string.max_len",
                                "Must have at most 1 character."));
    }

    @Test
    void ofManyBrokenRulesTheFirstAreListedAndAllAreCounted() {
        Ruled.Builder many = Ruled.newBuilder();
        for (int i = 0; i < 100_000; i++) {
            many.addList(Inner.newBuilder().setText("long"));
        }

        Findings findings = RULES.check(many.build());

        assertThat(findings.listed()).hasSize(Findings.MOST);
        assertThat(findings.count()).isGreaterThan(100_000);
    }

    @Test
    void inLargeMessagesForProtovalidateOnlyItsFirstFindIsTold() {
        Foreign.Builder large = Foreign.newBuilder();
        for (int i = 0; i < 20_000; i++) {
            large.putNotes(i, "too long");
        }

        assertThat(
                        RULES.check(Ruled.newBuilder().addForeign(large).build()).listed().stream()
                                .filter(each -> each.place().startsWith("foreign")))
                .hasSize(1);
    }

    @Test
    void aWrongExpressionIsToldWithFileAndLine() {
        assertThatThrownBy(() -> new RuleBook(List.of(BrokenRequest.getDefaultInstance())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "tandem/test/v1/broken.proto:48: tandem.test.v1.BrokenRequest:")
                .hasMessageContaining("nothing");
    }

    @Test
    void allWrongRulesAreToldAtOnce() {
        assertThatThrownBy(() -> new RuleBook(List.of(WrongRequest.getDefaultInstance())))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .satisfies(message ->
                        assertThat(message.lines().skip(1))
                                .hasSize(2)
                                .satisfiesExactly(
                                        number ->
                                                assertThat(number)
                                                        .matches(
                                                                " *tandem/test/v1/broken\\.proto:\\d+:"
                                                                        + " tandem\\.test\\.v1\\.WrongRequest\\.number: .+"),
                                        text ->
                                                assertThat(text)
                                                        .matches(
                                                                " *tandem/test/v1/broken\\.proto:\\d+:"
                                                                        + " tandem\\.test\\.v1\\.WrongPart\\.text: .*nowhere.*")));
    }

    private static List<Violation> broken(Ruled.Builder ruled) {
        return RULES.check(ruled.build()).listed().stream()
                .map(Findings.Finding::violation)
                .toList();
    }

    private static Violation violation(String field, String rule, String message) {
        return new Violation(field, rule, message);
    }
}
