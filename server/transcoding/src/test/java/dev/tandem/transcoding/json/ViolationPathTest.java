package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViolationPathTest {
    private static final Descriptor TYPE = DescriptorProto.getDescriptor();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "model",
                "messages[0].content[12].text",
                "[3].x",
                "labels[\"a.b\"]",
                "labels[\"say \\\"hi\\\" \\\\\"].name"
            })
    void readsWhatItWrites(String path) {
        assertThat(ViolationPath.parse(path)).hasToString(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[", "a[x]", "a[\"b]", "[99999999999]", ".."})
    void whatIsNoPathIsOneName(String text) {
        assertThat(ViolationPath.parse(text).steps())
                .containsExactly(new ViolationPath.Step.Name(text));
    }

    @Test
    void longKeysAreCut() {
        assertThat(ViolationPath.key("k".repeat(1000))).hasSizeLessThan(70).endsWith("…\"]");
    }

    @Test
    void pathsTouchWhereOneIsWithinTheOther() {
        ViolationPath outer = ViolationPath.parse("a[1]");

        assertThat(outer.touches(ViolationPath.parse("a[1].b"))).isTrue();
        assertThat(outer.touches(ViolationPath.parse("a"))).isTrue();
        assertThat(outer.touches(ViolationPath.parse("a[2].b"))).isFalse();
        assertThat(outer.encloses(ViolationPath.parse("a[1].b"))).isTrue();
        assertThat(outer.encloses(outer)).isFalse();
    }

    @Test
    void fieldsGetTheirDeclaredNames() {
        assertThat(ViolationPath.parse("field[0].typeName").declaredIn(TYPE))
                .hasToString("field[0].type_name");
        assertThat(ViolationPath.parse("nowhere.typeName").declaredIn(TYPE))
                .hasToString("nowhere.typeName");
    }

    @Test
    void theOrderIsThatOfTheFields() {
        List<String> sorted =
                Stream.of(
                                "zzz",
                                "options.deprecated",
                                "field[2]",
                                "options",
                                "field[0].label",
                                "name")
                        .map(ViolationPath::parse)
                        .sorted((one, other) -> ViolationPath.compare(TYPE, one, other))
                        .map(ViolationPath::toString)
                        .toList();

        assertThat(sorted)
                .containsExactly(
                        "name",
                        "field[0].label",
                        "field[2]",
                        "options",
                        "options.deprecated",
                        "zzz");
    }
}
