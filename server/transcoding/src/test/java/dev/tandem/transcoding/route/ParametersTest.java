package dev.tandem.transcoding.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.tandem.transcoding.json.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParametersTest {
    private static final Descriptor TYPE = type();

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("f_string=a b", "f_string: \"a b\""),
                arguments("f_string=", ""),
                arguments("f_bool=true", "f_bool: true"),
                arguments("f_int32=-2147483648", "f_int32: -2147483648"),
                arguments("f_sint64=-9223372036854775808", "f_sint64: -9223372036854775808"),
                arguments("f_uint32=4294967295", "f_uint32: 4294967295"),
                arguments("f_fixed64=18446744073709551615", "f_fixed64: 18446744073709551615"),
                arguments("f_double=-1.5e3", "f_double: -1500.0"),
                arguments("f_double=NaN", "f_double: nan"),
                arguments("f_float=0.25", "f_float: 0.25"),
                arguments("f_bytes=_-8=", "f_bytes: \"\\377\\357\""),
                arguments("f_enum=user", "f_enum: CHAT_ROLE_USER"),
                arguments("f_enum=CHAT_ROLE_USER", "f_enum: CHAT_ROLE_USER"),
                arguments("f_enum=tool-call", "f_enum: CHAT_ROLE_TOOL"),
                arguments("fString=json", "f_string: \"json\""),
                arguments("f_list=1&f_list=2", "f_list: 1 f_list: 2"),
                arguments(
                        "f_nested.f_string=x&f_nested.f_bool=true",
                        "f_nested { f_bool: true f_string: \"x\" }"),
                arguments("f_wrapped=7", "f_wrapped { value: 7 }"),
                arguments(
                        "f_time=2026-01-02T03:04:05.6+01:00",
                        "f_time { seconds: 1767319445 nanos: 600000000 }"),
                arguments(
                        "f_time=1969-12-31T23:59:59.5Z", "f_time { seconds: -1 nanos: 500000000 }"),
                arguments("f_span=-1.5s", "f_span { seconds: -1 nanos: -500000000 }"),
                arguments(
                        "f_nested.f_list=1&fNested.fString=x",
                        "f_nested { f_list: 1 f_string: \"x\" }"),
                arguments(
                        "f_times=1970-01-01T00:00:01Z&f_times=1970-01-01T00:00:02Z",
                        "f_times { seconds: 1 } f_times { seconds: 2 }"),
                arguments("f_bytes=-_8", "f_bytes: \"\\373\\377\""),
                arguments("f_bytes=+/8=", "f_bytes: \"\\373\\377\""),
                arguments("f_float=-Infinity", "f_float: -inf"),
                arguments(
                        "f_map[7]=a&f_map[-1]=b",
                        "f_map { key: 7 value: \"a\" } f_map { key: -1 value: \"b\" }"),
                arguments("f_nested.f_map[7]=[x]", "f_nested { f_map { key: 7 value: \"[x]\" } }"),
                arguments("f_one=0", "f_one: 0"),
                arguments(
                        "f_either.f_int32=1&f_either.f_bool=true",
                        "f_either { f_int32: 1 f_bool: true }"),
                arguments("f_mask=a.bC,d_e", "f_mask { paths: \"a.b_c\" paths: \"d_e\" }"));
    }

    @ParameterizedTest
    @MethodSource
    void values(String query, String message) throws Exception {
        DynamicMessage.Builder expected = DynamicMessage.newBuilder(TYPE);
        TextFormat.merge(message, expected);

        assertThat(bind(query)).isEqualTo(expected.build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    f_bool=yes                  | f_bool          | type          | Must be true or false.
                    f_int32=1.5                 | f_int32         | type          | Must be a whole number.
                    f_int32=2147483648          | f_int32         | range         | Must be from -2147483648 to 2147483647.
                    f_uint32=-1                 | f_uint32        | range         | Must be from 0 to 4294967295.
                    f_double=0x1p3              | f_double        | type          | Must be a number.
                    f_double=1e999              | f_double        | range         | The number is too large.
                    f_float=1e99                | f_float         | range         | The number is too large.
                    f_bytes=%                   | f_bytes         | base64        | Must be base64.
                    f_enum=nobody               | f_enum          | enum          | Must be one of: user, tool-call.
                    f_list=1&f_list=x           | f_list[1]       | type          | Must be a whole number.
                    f_nested.f_int32=x          | f_nested.f_int32| type          | Must be a whole number.
                    f_string=a&f_string=b       | f_string        | duplicate_key | Must be given once only.
                    f_nested=x                  | f_nested        | type          | Give its fields, each as a parameter of its own: f_nested.field.
                    f_int32=+5                  | f_int32         | type          | Must be a whole number.
                    f_int32=٣                   | f_int32         | type          | Must be a whole number.
                    f_double=.5                 | f_double        | type          | Must be a number.
                    f_span.seconds=1            | f_span.seconds  | unknown_field | There is no such parameter.
                    f_struct.fields=1           | f_struct.fields | unknown_field | There is no such parameter.
                    f_struct=1                  | f_struct        | type          | Cannot be given as a parameter; send it in a JSON body.
                    f_text=1                    | f_text          | type          | Cannot be given as a parameter; send it in a JSON body.
                    f_time=2026-01-02T03:04Z    | f_time          | format        | Must be a time like 2026-01-31T12:00:00Z.
                    f_map=x                     | f_map           | type          | Give each entry as f_map[key]=value.
                    f_map[x]=1                  | f_map[x]        | type          | Must be a whole number.
                    f_map[1]=a&f_map[1]=b       | f_map[1]        | duplicate_key | Must be given once only.
                    f_string[a]=x               | f_string[a]     | unknown_field | There is no such parameter.
                    f_all_map[a]=x              | f_all_map[a]    | type          | Cannot be given as a parameter; send it in a JSON body.
                    f_one=1&f_other=x           | f_other         | oneof         | Only one of the members of f_choice may be given; f_one is given too.
                    f_one=1&f_either.f_bool=true | f_either.f_bool | oneof        | Only one of the members of f_choice may be given; f_one is given too.
                    f_wrapped=x                 | f_wrapped       | type          | Must be a whole number.
                    f_time=yesterday            | f_time          | format        | Must be a time like 2026-01-31T12:00:00Z.
                    f_time=+10000-01-01T00:00:00Z | f_time        | range         | Must be of the years 1 to 9999.
                    f_span=1.5                  | f_span          | format        | Must be seconds with an s, like 1.5s.
                    f_span=999999999999s        | f_span          | range         | Must not be longer than 10000 years.
                    nothing=1                   | nothing         | unknown_field | There is no such parameter.
                    f_list.x=1                  | f_list.x        | unknown_field | There is no such parameter.
                    """)
    void refusals(String query, String path, String rule, String message) {
        assertThat(refused(query)).containsExactly(new Violation(path, rule, message));
    }

    @Test
    void everyViolationIsTold() {
        assertThat(refused("f_bool=x&nothing=1&f_int32=y"))
                .extracting(Violation::path)
                .containsExactly("f_bool", "nothing", "f_int32");
    }

    @Test
    void whatThePathGivesTheQueryCannot() {
        Parameters parameters = new Parameters(DynamicMessage.newBuilder(TYPE));
        FieldPath nested = FieldPath.find(TYPE, "f_nested.f_string").orElseThrow();
        parameters.path(nested, "path");

        parameters.query(Map.of("fNested.fString", List.of("query")), List.of(nested));

        assertThat(catchThrowableOfType(ParameterException.class, parameters::build).violations())
                .containsExactly(
                        new Violation(
                                "fNested.fString",
                                "unknown_field",
                                "Is no query parameter of this path: it is in the path or the body."));
    }

    @Test
    void aFieldBehindTheBodyFieldIsNoQueryParameter() {
        Parameters parameters = new Parameters(DynamicMessage.newBuilder(TYPE));
        FieldPath body = FieldPath.find(TYPE, "f_nested").orElseThrow();

        parameters.query(Map.of("f_nested.f_string", List.of("x")), List.of(body));

        assertThat(catchThrowableOfType(ParameterException.class, parameters::build)).isNotNull();
    }

    private static List<Violation> refused(String query) {
        ParameterException refused =
                catchThrowableOfType(ParameterException.class, () -> bind(query));
        assertThat(refused).isNotNull();
        return refused.violations();
    }

    private static Message bind(String query) throws ParameterException {
        Map<String, List<String>> byName =
                Stream.of(query.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(
                                Collectors.groupingBy(
                                        pair -> pair[0],
                                        LinkedHashMap::new,
                                        Collectors.mapping(pair -> pair[1], Collectors.toList())));
        Parameters parameters = new Parameters(DynamicMessage.newBuilder(TYPE));
        parameters.query(byName, List.of());
        return parameters.build();
    }

    private static Descriptor type() {
        return Proto.file(
                        """
                        enum_type {
                          name: "ChatRole"
                          value { name: "CHAT_ROLE_UNSPECIFIED" number: 0 }
                          value { name: "CHAT_ROLE_USER" number: 1 }
                          value { name: "CHAT_ROLE_TOOL" number: 2 options { [tandem.options.v1.enum_value] { name: "tool-call" } } }
                        }
                        message_type {
                          name: "All"
                          oneof_decl { name: "f_choice" }
                          nested_type {
                            name: "FMapEntry"
                            options { map_entry: true }
                            field { name: "key" number: 1 type: TYPE_SINT64 label: LABEL_OPTIONAL }
                            field { name: "value" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL }
                          }
                          nested_type {
                            name: "FAllMapEntry"
                            options { map_entry: true }
                            field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
                            field { name: "value" number: 2 type: TYPE_MESSAGE type_name: ".t.All" label: LABEL_OPTIONAL }
                          }
                          field { name: "f_map" number: 20 type: TYPE_MESSAGE type_name: ".t.All.FMapEntry" label: LABEL_REPEATED }
                          field { name: "f_all_map" number: 21 type: TYPE_MESSAGE type_name: ".t.All.FAllMapEntry" label: LABEL_REPEATED }
                          field { name: "f_one" number: 22 type: TYPE_INT32 label: LABEL_OPTIONAL oneof_index: 0 }
                          field { name: "f_other" number: 23 type: TYPE_STRING label: LABEL_OPTIONAL oneof_index: 0 }
                          field { name: "f_either" number: 24 type: TYPE_MESSAGE type_name: ".t.All" label: LABEL_OPTIONAL oneof_index: 0 }
                          field { name: "f_times" number: 25 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" label: LABEL_REPEATED }
                          field { name: "f_struct" number: 26 type: TYPE_MESSAGE type_name: ".google.protobuf.Struct" label: LABEL_OPTIONAL }
                          field { name: "f_text" number: 27 type: TYPE_STRING label: LABEL_OPTIONAL options { [tandem.options.v1.field] { json: true } } }
                          field { name: "f_string" json_name: "fString" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
                          field { name: "f_bool" number: 2 type: TYPE_BOOL label: LABEL_OPTIONAL }
                          field { name: "f_int32" number: 3 type: TYPE_INT32 label: LABEL_OPTIONAL }
                          field { name: "f_sint64" number: 4 type: TYPE_SINT64 label: LABEL_OPTIONAL }
                          field { name: "f_uint32" number: 5 type: TYPE_UINT32 label: LABEL_OPTIONAL }
                          field { name: "f_fixed64" number: 6 type: TYPE_FIXED64 label: LABEL_OPTIONAL }
                          field { name: "f_double" number: 7 type: TYPE_DOUBLE label: LABEL_OPTIONAL }
                          field { name: "f_float" number: 8 type: TYPE_FLOAT label: LABEL_OPTIONAL }
                          field { name: "f_bytes" number: 9 type: TYPE_BYTES label: LABEL_OPTIONAL }
                          field { name: "f_enum" number: 10 type: TYPE_ENUM type_name: ".t.ChatRole" label: LABEL_OPTIONAL }
                          field { name: "f_list" number: 11 type: TYPE_INT64 label: LABEL_REPEATED }
                          field { name: "f_nested" json_name: "fNested" number: 12 type: TYPE_MESSAGE type_name: ".t.All" label: LABEL_OPTIONAL }
                          field { name: "f_wrapped" number: 13 type: TYPE_MESSAGE type_name: ".google.protobuf.Int32Value" label: LABEL_OPTIONAL }
                          field { name: "f_time" number: 14 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" label: LABEL_OPTIONAL }
                          field { name: "f_span" number: 15 type: TYPE_MESSAGE type_name: ".google.protobuf.Duration" label: LABEL_OPTIONAL }
                          field { name: "f_mask" number: 16 type: TYPE_MESSAGE type_name: ".google.protobuf.FieldMask" label: LABEL_OPTIONAL }
                        }
                        """)
                .findMessageTypeByName("All");
    }
}
