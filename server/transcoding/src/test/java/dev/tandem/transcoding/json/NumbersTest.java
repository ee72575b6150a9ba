package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.test.v1.Kinds;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and bytes at their edges. */
class NumbersTest {
    private static final Json JSON = new Json(Profile.CONTRACT);
    private static final Kinds KINDS = Kinds.getDefaultInstance();

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "1e3, 1000",
        "-1.50e1, -15",
        "0e999999, 0",
        "-0.0, 0",
        "9007199254740993.0, 9007199254740993",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void wholeNumbersAreIntegersHoweverSpelled(String spelled, long value) {
        assertThat(JSON.read(KINDS, "{'int64_value':" + spelled + "}").getInt64Value())
                .isEqualTo(value);
    }

    @Test
    void unsignedNumbersAreTheirBits() {
        Kinds kinds =
                Kinds.newBuilder()
                        .setUint64Value(-1)
                        .setUint32Value(-1)
                        .addUint32S(-2)
                        .putByUint64(-1, 1)
                        .build();
        assertThat(JSON.read(KINDS, JSON.write(kinds))).isEqualTo(kinds);
        assertThat(JSON.write(kinds))
                .contains(
                        "\"uint32_value\":4294967295",
                        "\"uint64_value\":18446744073709551615",
                        "{\"18446744073709551615\":1}");
    }

    @Test
    void whatIsNoFiniteNumberIsAString() {
        Kinds kinds =
                Kinds.newBuilder()
                        .setFloatValue(Float.NEGATIVE_INFINITY)
                        .setDoubleValue(Double.NaN)
                        .addDoubles(-0.0)
                        .addFloats(1e15f)
                        .build();
        String json = JSON.write(kinds);
        assertThat(json)
                .contains(
                        "\"float_value\":\"-Infinity\"",
                        "\"double_value\":\"NaN\"",
                        "[-0.0]",
                        "[1.0E15]");
        assertThat(JSON.read(KINDS, json)).isEqualTo(kinds);
    }

    @Property(tries = 2000)
    void longsAreWrittenAsJavaDoes(@ForAll long value) {
        JsonBuffer out = new JsonBuffer();
        out.number(value);
        out.unsigned(value);
        assertThat(out.toString()).isEqualTo(value + "," + Long.toUnsignedString(value) + ",");
    }

    @Property(tries = 2000)
    void doublesAndFloatsComeBack(@ForAll long bits) {
        double wide = Double.longBitsToDouble(bits);
        float narrow = Float.intBitsToFloat((int) bits);
        Kinds kinds = Kinds.newBuilder().setDoubleValue(wide).setFloatValue(narrow).build();
        Kinds back = JSON.read(KINDS, JSON.write(kinds));
        assertThat(back.getDoubleValue()).isEqualTo((Double) wide);
        assertThat(back.getFloatValue()).isEqualTo((Float) narrow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0", "-0.0", "-0e5"})
    void zeroKeepsItsSign(String number) {
        Kinds kinds =
                JSON.read(KINDS, "{'double_value':" + number + ",'float_value':" + number + "}");
        assertThat(kinds.getDoubleValue()).isEqualTo((Double) (-0.0));
        assertThat(kinds.getFloatValue()).isEqualTo((Float) (-0.0f));
    }

    @ParameterizedTest
    @CsvSource({"+/+/, +/+/", "-_-_, +/+/", "AQ, AQ==", "AQ==, AQ==", "AQI, AQI=", "'', ''"})
    void bytesAreReadInBothAlphabetsAndWrittenInOne(String read, String written) {
        assertThat(JSON.write(JSON.read(KINDS, "{'bytes_value':'" + read + "'}")))
                .contains("\"bytes_value\":\"" + written + '"');
    }
}
