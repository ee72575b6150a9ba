package dev.tandem.gateway.extract.message;

import build.buf.validate.FieldRules;
import build.buf.validate.Ignore;
import build.buf.validate.MapRules;
import build.buf.validate.RepeatedRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.tandem.structured.json.Json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** The schema of one field. */
final class FieldSchema {
    private final Function<Descriptor, SchemaObject> references;

    /**
     * @param references how to refer to a message without a form of its own
     */
    FieldSchema(Function<Descriptor, SchemaObject> references) {
        this.references = references;
    }

    SchemaObject of(FieldDescriptor field) {
        FieldRules declared = field.getOptions().getExtension(ValidateProto.field);
        FieldRules rules =
                declared.getIgnore() == Ignore.IGNORE_ALWAYS
                        ? FieldRules.getDefaultInstance()
                        : declared;
        if (field.isMapField()) {
            return map(field, rules.getMap());
        }
        return field.isRepeated() ? list(field, rules.getRepeated()) : single(field, rules);
    }

    private SchemaObject list(FieldDescriptor field, RepeatedRules rules) {
        SchemaObject list =
                SchemaObject.type("array").put("items", single(field, rules.getItems()).build());
        if (rules.getMinItems() > 0) {
            list.put("minItems", rules.getMinItems());
        }
        if (rules.hasMaxItems()) {
            list.put("maxItems", rules.getMaxItems());
        }
        if (rules.getUnique()) {
            list.put("uniqueItems", true);
        }
        return list;
    }

    private SchemaObject map(FieldDescriptor field, MapRules rules) {
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        SchemaObject map =
                SchemaObject.type("object")
                        .put("additionalProperties", single(value, rules.getValues()).build());
        if (rules.getMinPairs() > 0) {
            map.put("minProperties", rules.getMinPairs());
        }
        if (rules.hasMaxPairs()) {
            map.put("maxProperties", rules.getMaxPairs());
        }
        return map;
    }

    private SchemaObject single(FieldDescriptor field, FieldRules rules) {
        return switch (field.getType()) {
            case BOOL -> SchemaObject.type("boolean");
            case STRING -> TextKeywords.add(SchemaObject.type("string"), rules.getString());
            case BYTES -> SchemaObject.type("string").put("contentEncoding", "base64");
            case ENUM -> choice(field, rules);
            case MESSAGE, GROUP -> message(field.getMessageType());
            case DOUBLE, FLOAT -> NumberKeywords.add(SchemaObject.type("number"), rules);
            case INT32, SINT32, SFIXED32 -> integer(NumberBounds.INT32, rules);
            case UINT32, FIXED32 -> integer(NumberBounds.UINT32, rules);
            case INT64, SINT64, SFIXED64 -> integer(NumberBounds.INT64, rules);
            case UINT64, FIXED64 -> integer(NumberBounds.UINT64, rules);
        };
    }

    private static SchemaObject integer(NumberBounds bounds, FieldRules rules) {
        return NumberKeywords.add(bounds.schema(), rules);
    }

    private SchemaObject message(Descriptor message) {
        JsonObject special = WellKnown.schema(message);
        if (special == null) {
            return references.apply(message);
        }
        SchemaObject schema = new SchemaObject();
        special.members().forEach(schema::put);
        return schema;
    }

    private static SchemaObject choice(FieldDescriptor field, FieldRules rules) {
        if (field.getEnumType().getFullName().equals("google.protobuf.NullValue")) {
            return SchemaObject.type("null");
        }
        List<Integer> in = rules.getEnum().getInList();
        List<String> names =
                field.getEnumType().getValues().stream()
                        .filter(value -> in.isEmpty() || in.contains(value.getNumber()))
                        .filter(value ->
                                !rules.getEnum().getNotInList().contains(value.getNumber()))
                        .filter(value -> value.getNumber() != 0 || !rules.getRequired())
                        .filter(value ->
                                !rules.getEnum().hasConst()
                                        || rules.getEnum().getConst() == value.getNumber())
                        .map(EnumValueDescriptor::getName)
                        .toList();
        return SchemaObject.type("string").strings("enum", names);
    }
}
