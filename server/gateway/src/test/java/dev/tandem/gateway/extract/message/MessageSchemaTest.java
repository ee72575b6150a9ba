package dev.tandem.gateway.extract.message;

import static org.assertj.core.api.Assertions.assertThat;

import build.buf.validate.ValidateProto;
import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import dev.tandem.structured.check.CheckedSchema;
import dev.tandem.structured.check.Violation;
import dev.tandem.structured.json.Json;
import dev.tandem.structured.schema.SchemaLimits;
import dev.tandem.structured.schema.SchemaReader;
import dev.tandem.transcoding.schema.Declarations;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSchemaTest {
    private static final FileDescriptor FILE = file();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "text | {`type`:`string`,`minLength`:2,`maxLength`:5,`pattern`:`^a`}",
                "mail | {`type`:`string`,`format`:`email`}",
                "small | {`type`:`integer`,`maximum`:2147483647,`exclusiveMinimum`:0}",
                "large | {`type`:`integer`,`minimum`:0,`maximum`:18446744073709551615}",
                "ratio | {`type`:`number`,`minimum`:0,`maximum`:1.5}",
                "flag | {`type`:`boolean`}",
                "data | {`type`:`string`,`contentEncoding`:`base64`}",
                "color | {`type`:`string`,`enum`:[`COLOR_RED`,`COLOR_BLUE`]}",
                "tags | {`type`:`array`,`items`:{`type`:`string`,`minLength`:1},`minItems`:1,`uniqueItems`:true}",
                "counts | {`type`:`object`,`additionalProperties`:{`type`:`integer`,`minimum`:-2147483648,`maximum`:2147483647},`maxProperties`:3}",
                "self | {`$ref`:`#`}",
                "inner | {`$ref`:`#/$defs/t.Outer.Inner`}",
                "at | {`type`:`string`,`format`:`date-time`}",
                "free | {`type`:`object`,`additionalProperties`:true}",
                "any_value | {}",
                "list | {`type`:`array`}",
                "wrapped | {`type`:`string`}",
                "mask | {`type`:`string`}"
            })
    void eachKindOfFieldHasItsSchema(String field, String schema) {
        assertThat(schema().text()).contains(("`" + field + "`:" + schema).replace('`', '"'));
    }

    @Test
    void anObjectIsClosedAndNamesWhatItNeeds() {
        assertThat(schema().text())
                .contains("\"required\":[\"color\",\"tags\"],\"additionalProperties\":false")
                .contains(
                        "\"allOf\":[{\"oneOf\":[{\"required\":[\"left\"]},{\"required\":[\"right\"]}]}]")
                .contains("At most one of: up, down.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{`color`:`COLOR_RED`,`tags`:[`a`],`left`:1}",
                "{`color`:`COLOR_RED`,`tags`:[`a`],`left`:1,`up`:true,`large`:18446744073709551615}",
                "{`color`:`COLOR_BLUE`,`tags`:[`a`],`right`:`x`,`self`:{`color`:`COLOR_RED`,`tags`:[`b`],`left`:2},`at`:`2026-01-31T12:00:00Z`,`took`:`1.5s`,`inner`:{`n`:1}}"
            })
    void whatFitsIsAMessage(String json) {
        assertThat(violations(json)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`color`:`COLOR_UNSPECIFIED`,`tags`:[`a`],`left`:1} | /color",
                "{`color`:`COLOR_RED`,`tags`:[],`left`:1} | /tags",
                "{`color`:`COLOR_RED`,`tags`:[`a`]} | ~~",
                "{`color`:`COLOR_RED`,`tags`:[`a`],`left`:1,`up`:true,`down`:true} | /down",
                "{`color`:`COLOR_RED`,`tags`:[`a`],`left`:1,`large`:18446744073709551616} | /large",
                "{`color`:`COLOR_RED`,`tags`:[`a`],`left`:1,`inner`:{`n`:`x`}} | /inner/n",
                "{`color`:`COLOR_RED`,`tags`:[`a`],`left`:1,`data`:`%`} | /data",
                "{`color`:`COLOR_RED`,`tags`:[`a`],`left`:1,`other`:1} | ~~"
            })
    void whatDoesNotFitIsTold(String json, String pointer) {
        assertThat(violations(json)).extracting(Violation::pointer).contains(pointer);
    }

    private static List<Violation> violations(String json) {
        String text = json.replace('`', '"');
        try {
            List<Violation> broken = CheckedSchema.of(schema()).check().violations(text);
            return broken.isEmpty() ? MessageType.of(outer()).violations(text) : broken;
        } catch (dev.tandem.structured.schema.SchemaRefused e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void commentsAreDescriptions() {
        String usage =
                new MessageSchema(Declarations.of(List.of(Usage.getDescriptor().getFile())))
                        .of(Usage.getDescriptor())
                        .text();

        assertThat(usage)
                .contains("\"description\":\"The tokens that a call took.\"")
                .contains("\"description\":\"Tokens of the prompt.\"");
    }

    @Test
    void everyMessageOfTheContractHasASchemaThatCanBeCheckedAndEnforced() throws Exception {
        for (Descriptor message :
                Declarations.withImports(
                                List.of(
                                        ChatRequest.getDescriptor().getFile(),
                                        ExtractRequest.getDescriptor().getFile()))
                        .stream()
                        .filter(file -> file.getPackage().equals("tandem.v1"))
                        .flatMap(file -> file.getMessageTypes().stream())
                        .toList()) {
            Json schema = new MessageSchema(Declarations.of(List.of())).of(message);

            CheckedSchema.of(schema);
            new SchemaReader(SchemaLimits.DEFAULT).read(schema);
        }
    }

    private static Json schema() {
        return new MessageSchema(Declarations.of(List.of())).of(outer());
    }

    private static Descriptor outer() {
        return FILE.findMessageTypeByName("Outer");
    }

    private static FileDescriptor file() {
        ExtensionRegistry rules = ExtensionRegistry.newInstance();
        ValidateProto.registerAllExtensions(rules);
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
        try {
            TextFormat.merge(PROTO, rules, file);
            return FileDescriptor.buildFrom(
                    file.build(),
                    new FileDescriptor[] {
                        ValidateProto.getDescriptor(),
                        TimestampProto.getDescriptor(),
                        DurationProto.getDescriptor(),
                        StructProto.getDescriptor(),
                        WrappersProto.getDescriptor(),
                        FieldMaskProto.getDescriptor(),
                        AnyProto.getDescriptor()
                    });
        } catch (TextFormat.ParseException
                | com.google.protobuf.Descriptors.DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    private static final String PROTO =
            """
            name: "t/outer.proto" package: "t" syntax: "proto3"
            dependency: "buf/validate/validate.proto"
            dependency: "google/protobuf/timestamp.proto"
            dependency: "google/protobuf/duration.proto"
            dependency: "google/protobuf/struct.proto"
            dependency: "google/protobuf/wrappers.proto"
            dependency: "google/protobuf/field_mask.proto"
            dependency: "google/protobuf/any.proto"
            enum_type { name: "Color"
              value { name: "COLOR_UNSPECIFIED" number: 0 }
              value { name: "COLOR_RED" number: 1 }
              value { name: "COLOR_BLUE" number: 2 }
              value { name: "COLOR_OLD" number: 3 } }
            message_type { name: "Outer"
              nested_type { name: "Inner" field { name: "n" number: 1 type: TYPE_INT32 label: LABEL_OPTIONAL } }
              nested_type { name: "CountsEntry" options { map_entry: true }
                field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
                field { name: "value" number: 2 type: TYPE_SINT32 label: LABEL_OPTIONAL } }
              field { name: "text" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL
                options { [buf.validate.field] { string { min_len: 2 max_len: 5 pattern: "^a" } } } }
              field { name: "mail" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL
                options { [buf.validate.field] { string { email: true } } } }
              field { name: "small" number: 3 type: TYPE_SFIXED32 label: LABEL_OPTIONAL
                options { [buf.validate.field] { sfixed32 { gt: 0 } } } }
              field { name: "large" number: 4 type: TYPE_UINT64 label: LABEL_OPTIONAL }
              field { name: "ratio" number: 5 type: TYPE_DOUBLE label: LABEL_OPTIONAL
                options { [buf.validate.field] { double { gte: 0 lte: 1.5 } } } }
              field { name: "flag" number: 6 type: TYPE_BOOL label: LABEL_OPTIONAL }
              field { name: "data" number: 7 type: TYPE_BYTES label: LABEL_OPTIONAL }
              field { name: "color" number: 8 type: TYPE_ENUM type_name: ".t.Color" label: LABEL_OPTIONAL
                options { [buf.validate.field] { required: true enum { not_in: 3 } } } }
              field { name: "tags" number: 9 type: TYPE_STRING label: LABEL_REPEATED
                options { [buf.validate.field] { repeated { min_items: 1 unique: true items { string { min_len: 1 } } } } } }
              field { name: "counts" number: 10 type: TYPE_MESSAGE type_name: ".t.Outer.CountsEntry" label: LABEL_REPEATED
                options { [buf.validate.field] { map { max_pairs: 3 } } } }
              field { name: "self" number: 11 type: TYPE_MESSAGE type_name: ".t.Outer" label: LABEL_OPTIONAL }
              field { name: "inner" number: 12 type: TYPE_MESSAGE type_name: ".t.Outer.Inner" label: LABEL_OPTIONAL }
              field { name: "at" number: 13 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" label: LABEL_OPTIONAL }
              field { name: "took" number: 14 type: TYPE_MESSAGE type_name: ".google.protobuf.Duration" label: LABEL_OPTIONAL }
              field { name: "free" number: 15 type: TYPE_MESSAGE type_name: ".google.protobuf.Struct" label: LABEL_OPTIONAL }
              field { name: "any_value" number: 16 type: TYPE_MESSAGE type_name: ".google.protobuf.Value" label: LABEL_OPTIONAL }
              field { name: "list" number: 17 type: TYPE_MESSAGE type_name: ".google.protobuf.ListValue" label: LABEL_OPTIONAL }
              field { name: "wrapped" number: 18 type: TYPE_MESSAGE type_name: ".google.protobuf.StringValue" label: LABEL_OPTIONAL }
              field { name: "mask" number: 19 type: TYPE_MESSAGE type_name: ".google.protobuf.FieldMask" label: LABEL_OPTIONAL }
              field { name: "left" number: 20 type: TYPE_INT32 label: LABEL_OPTIONAL oneof_index: 0 }
              field { name: "right" number: 21 type: TYPE_STRING label: LABEL_OPTIONAL oneof_index: 0 }
              field { name: "up" number: 22 type: TYPE_BOOL label: LABEL_OPTIONAL oneof_index: 1 }
              field { name: "down" number: 23 type: TYPE_BOOL label: LABEL_OPTIONAL oneof_index: 1 }
              oneof_decl { name: "side" options { [buf.validate.oneof] { required: true } } }
              oneof_decl { name: "way" } }
            """;
}
