package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Map;
import tools.jackson.core.JsonToken;

/** Any JSON object. */
final class StructForm implements MessageForm {
    @Override
    public Message read(JsonInput in) {
        if (in.token() != JsonToken.START_OBJECT) {
            in.wrongKind("an object");
            return Struct.getDefaultInstance();
        }
        return readStruct(in);
    }

    @Override
    public void write(Message message, JsonBuffer out) {
        writeStruct((Struct) message, out);
    }

    @Override
    public boolean takes(JsonToken first) {
        return first == JsonToken.START_OBJECT;
    }

    static Struct readStruct(JsonInput in) {
        in.parser.assignCurrentValue(JsonPath.MAP);
        Struct.Builder struct = Struct.newBuilder();
        while (in.next() == JsonToken.PROPERTY_NAME) {
            String name = in.name();
            in.next();
            if (struct.containsFields(name)) {
                in.reject("duplicate_key", JsonInput.TWICE);
            } else {
                struct.putFields(name, ValueForm.readValue(in));
            }
        }
        return struct.build();
    }

    static void writeStruct(Struct struct, JsonBuffer out) {
        out.open();
        for (Map.Entry<String, Value> field : struct.getFieldsMap().entrySet()) {
            out.name(field.getKey());
            ValueForm.writeValue(field.getValue(), out);
        }
        out.close();
    }

    @Override
    public Shape shape() {
        return new Shape.WellKnown(Shape.WellKnown.Kind.STRUCT);
    }
}
