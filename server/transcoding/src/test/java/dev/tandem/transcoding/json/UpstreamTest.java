package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.test.v1.ChatChunk;
import dev.tandem.test.v1.Colour;
import dev.tandem.test.v1.Kinds;
import dev.tandem.test.v1.Part;
import org.junit.jupiter.api.Test;

/** What other people's servers send is taken as far as it can be understood. */
class UpstreamTest {
    private static final Json JSON = new Json(Profile.UPSTREAM);

    @Test
    void unknownFieldsAreIgnoredUnlessAFieldCollectsThem() {
        ChatChunk chunk =
                JSON.read(
                        ChatChunk.getDefaultInstance(),
                        "{'object':'chunk','timings':{'ms':[1,{}]},'id':'c','choices':[{'delta':{'reasoning_content':'hm','x':null}}]}");
        assertThat(chunk.getId()).isEqualTo("c");
        assertThat(chunk.getChoices(0).getDelta().getExtraMap())
                .containsOnlyKeys("reasoning_content");
    }

    @Test
    void numbersMayBeStringsAndEnumsNumbersOrUnknown() {
        Kinds kinds =
                JSON.read(
                        Kinds.getDefaultInstance(),
                        "{'int64_value':'12','double_value':'1e2','int32s':['1',null,2],'colour':2,'maybe_colour':'pink','colours':[null,'red']}");
        assertThat(kinds)
                .isEqualTo(
                        Kinds.newBuilder()
                                .setInt64Value(12)
                                .setDoubleValue(100)
                                .addInt32S(1)
                                .addInt32S(2)
                                .setColour(Colour.COLOUR_DARK_BLUE)
                                .setMaybeColour(Colour.COLOUR_UNSPECIFIED)
                                .addColours(Colour.COLOUR_RED)
                                .build());
    }

    @Test
    void unknownTypesOfPartsAreNoPart() {
        assertThat(
                        JSON.read(
                                Part.getDefaultInstance(),
                                "{'type':'video','video':{'url':'u'},'note':'n'}"))
                .isEqualTo(Part.newBuilder().setNote("n").build());
    }

    @Test
    void halfSurrogatePairsAreReplaced() {
        assertThat(
                        JSON.read(Kinds.getDefaultInstance(), "{'string_value':'a\\ud83d'}")
                                .getStringValue())
                .startsWith("a")
                .hasSize(2);
    }

    @Test
    void wrongKindsAreStillRefused() {
        assertThat(
                        JSON.violations(
                                Kinds.getDefaultInstance(),
                                "{'string_value':1,'int32_value':'x','bool_value':'true'}"))
                .containsExactly("string_value type", "int32_value type", "bool_value type");
    }
}
