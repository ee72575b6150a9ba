package dev.tandem.transcoding.json;

import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import tools.jackson.core.JsonToken;

/** Any JSON array. */
final class ListForm implements MessageForm {
    @Override
    public Message read(JsonInput in) {
        if (in.token() != JsonToken.START_ARRAY) {
            in.wrongKind("an array");
            return ListValue.getDefaultInstance();
        }
        return readList(in);
    }

    @Override
    public void write(Message message, JsonBuffer out) {
        writeList((ListValue) message, out);
    }

    @Override
    public boolean takes(JsonToken first) {
        return first == JsonToken.START_ARRAY;
    }

    @Override
    public boolean takesArrayOf(JsonToken first) {
        return true;
    }

    static ListValue readList(JsonInput in) {
        ListValue.Builder list = ListValue.newBuilder();
        while (in.next() != JsonToken.END_ARRAY) {
            list.addValues(ValueForm.readValue(in));
        }
        return list.build();
    }

    static void writeList(ListValue list, JsonBuffer out) {
        out.openArray();
        for (int i = 0; i < list.getValuesCount(); i++) {
            ValueForm.writeValue(list.getValues(i), out);
        }
        out.closeArray();
    }

    @Override
    public Shape shape() {
        return new Shape.WellKnown(Shape.WellKnown.Kind.LIST);
    }
}
