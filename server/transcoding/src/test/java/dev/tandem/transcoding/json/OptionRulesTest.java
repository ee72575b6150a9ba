package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import dev.tandem.test.v1.BrokenOuterClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that cannot be meant are refused with the place and the reason. */
class OptionRulesTest {
    @ParameterizedTest
    @CsvSource({
        "SingleOnOne, a, single is for lists",
        "SingleOnMap, a, single is for lists",
        "OmitEmptyOnOne, a, omit_empty is for lists and maps",
        "NullWithoutPresence, a, null_when_absent needs",
        "NullInOneof, a, null_when_absent does not fit",
        "JsonOnNumber, a, json is for strings",
        "ExtraOnString, a, 'extra needs a map<string, string>'",
        "ExtraTwice, b, extra: the message has such a field already",
        "ShorthandUnknown, , names a field that is not there: \"b\"",
        "ShorthandUnfit, a, does not fit this field",
        "ShorthandTwice, , two shorthands for JSON_KIND_STRING",
        "ConstantClash, , the constant a has the name of another key",
        "DiscriminatorClash, choice, the discriminator \"type\" has the name of another key",
        "Flat, choice, flat is reserved",
        "EnumClash, , are both \"big\"",
        "Inside, , json is for strings"
    })
    void brokenOptionsAreRefused(String message, String member, String reason) {
        Descriptor type = BrokenOuterClass.Broken.getDescriptor().findNestedTypeByName(message);
        JsonCodecs codecs = new JsonCodecs(Profile.CONTRACT);
        assertThatThrownBy(() -> codecs.of(DynamicMessage.getDefaultInstance(type)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tandem.test.v1.Broken.")
                .hasMessageContaining(member == null ? "" : message + '.' + member)
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> codecs.of(DynamicMessage.getDefaultInstance(type)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
