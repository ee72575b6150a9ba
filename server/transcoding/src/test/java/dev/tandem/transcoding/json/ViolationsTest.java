package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.test.v1.ChatRequest;
import dev.tandem.test.v1.Kinds;
import dev.tandem.test.v1.Legacy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not fit is named with its path, all of it, and reading goes on. */
class ViolationsTest {
    private static final Json JSON = new Json(Profile.CONTRACT);
    private static final Kinds KINDS = Kinds.getDefaultInstance();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'int32_value':'1'}                     | int32_value type",
                "{'int32_value':1.5}                     | int32_value type",
                "{'int32_value':2147483648}              | int32_value range",
                "{'int32_value':1e99999}                 | int32_value range",
                "{'int32_value':1e-99999} | int32_value type",
                "{'int32_value':1e99999999999} | int32_value range",
                "{'uint32_value':-1}                     | uint32_value range",
                "{'uint32_value':4294967296}             | uint32_value range",
                "{'int64_value':9223372036854775808}     | int64_value range",
                "{'uint64_value':-1}                     | uint64_value range",
                "{'uint64_value':18446744073709551616}   | uint64_value range",
                "{'float_value':1e39}                    | float_value range",
                "{'double_value':1e309}                  | double_value range",
                "{'double_value':'1.5'}                  | double_value type",
                "{'double_value':'nan'}                  | double_value type",
                "{'bool_value':1}                        | bool_value type",
                "{'bool_value':'true'}                   | bool_value type",
                "{'string_value':{'a':[1]}}              | string_value type",
                "{'string_value':'\\ud800'}              | string_value unicode",
                "{'bytes_value':'a*'}                    | bytes_value base64",
                "{'bytes_value':'aé=='}                  | bytes_value base64",
                "{'colour':1}                            | colour type",
                "{'colour':'COLOUR_RED'}                 | colour enum",
                "{'child':[1,[2]]}                       | child type",
                "{'child':{'child':{'wrong':1}}}         | child.child.wrong unknown_field",
                "{'int32s':1}                            | int32s type",
                "{'int32s':[1,null,3]}                   | int32s[1] null",
                "{'children':[{},{'int32s':[0,[]]}]}     | children[1].int32s[1] type",
                "{'labels':{'a.b':1}}                    | labels['a.b'] type",
                "{'labels':{'a':null}}                   | labels['a'] null",
                "{'labels':{'a':'1','a':'2'}}            | labels['a'] duplicate_key",
                "{'labels':['a']}                        | labels type",
                "{'by_int32':{'x':1}}                    | by_int32['x'] type",
                "{'by_int32':{'2147483648':1}}           | by_int32['2147483648'] type",
                "{'by_bool':{'True':''}}                 | by_bool['True'] type",
                "{'children_by_name':{'a':{'colour':0}}} | children_by_name['a'].colour type",
                "{'chosen_int32':1,'chosen_string':'a'}  | chosen_string oneof",
                "{'int32_value':1,'int32_value':1}       | int32_value duplicate_key",
                "{'int32_value':null,'int32_value':1}    | int32_value duplicate_key",
                "{'timestamp':'2020-02-30T00:00:00Z'}    | timestamp format",
                "{'timestamp':'2020-02-03'}              | timestamp format",
                "{'timestamps':['x',1]}                  | timestamps[0] format, timestamps[1] type",
                "{'duration':'1'}                        | duration format",
                "{'duration':'315576000001s'}            | duration format",
                "{'field_mask':'a_b'}                    | field_mask format",
                "{'struct':{'a':1,'a':2}}                | struct['a'] duplicate_key",
                "{'list_value':{}}                       | list_value type",
                "{'int32_wrapper':'x'}                   | int32_wrapper type",
                "{'any':{'a':1}}                         | any.@type required",
                "{'any':{'@type':'t/unknown'}}           | any.@type enum",
                "{'a b':1}                               | ['a b'] unknown_field",
                "[]                                      | type",
                "null                                    | type",
            })
    void areNamedWithTheirPath(String json, String expected) {
        assertThat(String.join(", ", JSON.violations(KINDS, json)))
                .isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void areAllCollected() {
        String json =
                "{'model':1,'messages':[{'role':'usr','content':5},{'contant':'x'}],'stop':[1,{'a':2}],'n':0,"
                        + "'temperature':'hot','logit_bias':{'7':'x'},'tools':{}}";
        assertThat(JSON.violations(ChatRequest.getDefaultInstance(), json))
                .containsExactly(
                        "model type",
                        "messages[0].role enum",
                        "messages[0].content type",
                        "messages[1].contant unknown_field",
                        "stop[0] type",
                        "stop[1] type",
                        "temperature type",
                        "logit_bias[\"7\"] type",
                        "tools type");
    }

    @Test
    void areAtMostAHundred() {
        assertThat(JSON.violations(KINDS, "{'int32s':[" + "'x',".repeat(500) + "1]}")).hasSize(100);
    }

    @Test
    void neverEchoLongText() {
        String longName = "n".repeat(5000);
        JsonException refused =
                JSON.refuse(
                        KINDS,
                        "{'"
                                + longName
                                + "':1,'colour':'"
                                + longName
                                + "','labels':{'"
                                + longName
                                + "':1}}");
        assertThat(refused.violations())
                .hasSize(3)
                .allSatisfy(violation -> {
                    assertThat(violation.path().length()).isLessThan(100);
                    assertThat(violation.message().length()).isLessThan(200);
                });
    }

    @Test
    void requiredFieldsOfOldMessagesAreMissed() {
        assertThat(JSON.violations(Legacy.getDefaultInstance(), "{'detail':{'text':'a'}}"))
                .containsExactly("detail.weight required", "id required");
    }

    @Test
    void haveAMessageForTheCaller() {
        JsonException refused = JSON.refuse(KINDS, "{'int32_value':'1','colour':'pink'}");
        assertThat(refused.kind()).isEqualTo(JsonException.Kind.INVALID);
        assertThat(refused)
                .hasMessage("int32_value: must be an integer, not a string (and 1 more)");
        assertThat(refused.violations().get(1).message())
                .isEqualTo("\"pink\" is not one of \"red\", \"dark_blue\", \"below\"");
    }
}
