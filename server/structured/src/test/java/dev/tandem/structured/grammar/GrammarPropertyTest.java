package dev.tandem.structured.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.structured.check.SchemaCheck;
import dev.tandem.structured.grammar.RandomSchema.Sample;
import dev.tandem.structured.json.JsonReader;
import dev.tandem.structured.schema.SchemaDocument;
import dev.tandem.structured.schema.SchemaLimits;
import dev.tandem.structured.schema.SchemaReader;
import dev.tandem.structured.schema.SchemaRefused;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Grammar and check are independent of each other: what they say of the same texts must agree. */
class GrammarPropertyTest {
    private static final int SCHEMAS = 250;
    private static final int VALUES = 8;
    private static final int CHANGES = 6;
    private static final JsonReader JSON = new JsonReader(1_000_000, 200);

    @Test
    void theGrammarTakesValidValuesAndNothingThatIsInvalid() throws SchemaRefused {
        int refused = 0;
        for (int seed = 0; seed < SCHEMAS; seed++) {
            var random = new Random(seed);
            Sample sample = new RandomSchema(random).sample();
            SchemaDocument document = new SchemaReader(SchemaLimits.DEFAULT).read(sample.schema());
            assertThat(document.checkedOnly()).as(sample.schema()).isEmpty();
            var matcher = new GbnfMatcher(Grammar.of(document).gbnf());
            SchemaCheck check = SchemaCheck.of(JSON.read(sample.schema()));
            for (int i = 0; i < VALUES; i++) {
                String text = sample.value().get();
                String what = "seed " + seed + ": " + text + " by " + sample.schema();
                assertThat(check.violations(text)).as(what).isEmpty();
                assertThat(matcher.matches(text)).as(what).isTrue();
                refused += refusedOf(text, random, matcher, check, sample.schema());
            }
        }
        assertThat(refused).isGreaterThan(SCHEMAS * VALUES * CHANGES / 2);
    }

    /** Of texts with a character changed, how many the grammar refuses; it takes no invalid one. */
    private static int refusedOf(
            String text, Random random, GbnfMatcher matcher, SchemaCheck check, String schema) {
        int refused = 0;
        for (int i = 0; i < CHANGES; i++) {
            String changed = changed(text, random);
            if (!matcher.matches(changed)) {
                refused++;
            } else if (!hasKeyTwice(changed, check)) {
                assertThat(check.violations(changed)).as(changed + " by " + schema).isEmpty();
            }
        }
        return refused;
    }

    /** A grammar cannot see that a free key was there before. */
    private static boolean hasKeyTwice(String text, SchemaCheck check) {
        return check.violations(text).stream()
                .anyMatch(violation -> violation.sentence().contains("Duplicate"));
    }

    private static String changed(String text, Random random) {
        int at = random.nextInt(text.length());
        String before = text.substring(0, at);
        String other = "" + "0123456789abZ\"\\-.,:{}[] ntx".charAt(random.nextInt(27));
        return switch (random.nextInt(3)) {
            case 0 -> before + text.substring(at + 1);
            case 1 -> before + other + text.substring(at);
            default -> before + other + text.substring(at + 1);
        };
    }
}
