package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Value;
import tools.jackson.core.JsonToken;

/** Any JSON value. */
final class ValueForm implements MessageForm {
    @Override
    public Message read(JsonInput in) {
        return readValue(in);
    }

    @Override
    public void write(Message message, JsonBuffer out) {
        writeValue((Value) message, out);
    }

    @Override
    public boolean takes(JsonToken first) {
        return true;
    }

    @Override
    public boolean isNull() {
        return true;
    }

    static Value readValue(JsonInput in) {
        Value.Builder value = Value.newBuilder();
        switch (in.token()) {
            case START_OBJECT -> value.setStructValue(StructForm.readStruct(in));
            case START_ARRAY -> value.setListValue(ListForm.readList(in));
            case VALUE_STRING -> value.setStringValue(in.text());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> value.setNumberValue(Numbers.real(in));
            case VALUE_TRUE -> value.setBoolValue(true);
            case VALUE_FALSE -> value.setBoolValue(false);
            default -> value.setNullValue(NullValue.NULL_VALUE);
        }
        return value.build();
    }

    static void writeValue(Value value, JsonBuffer out) {
        switch (value.getKindCase()) {
            case STRUCT_VALUE -> StructForm.writeStruct(value.getStructValue(), out);
            case LIST_VALUE -> ListForm.writeList(value.getListValue(), out);
            case STRING_VALUE -> out.string(value.getStringValue());
            case NUMBER_VALUE -> {
                if (!Double.isFinite(value.getNumberValue())) {
                    throw new IllegalArgumentException(
                            "a google.protobuf.Value cannot hold " + value.getNumberValue());
                }
                out.number(value.getNumberValue());
            }
            case BOOL_VALUE -> out.bool(value.getBoolValue());
            default -> out.nothing();
        }
    }

    @Override
    public Shape shape() {
        return new Shape.WellKnown(Shape.WellKnown.Kind.VALUE);
    }
}
