package dev.tandem.transcoding.json;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JsonToken;

/** A list. */
final class RepeatedField extends Field {
    private final Element element;
    private final boolean single;
    private final Accessors.IntGet count;
    private final Accessors.RefGet get;
    private final Element.Append append;

    /**
     * @param single a list of one may be a bare value
     */
    RepeatedField(FieldSpec spec, Element element, boolean single) {
        super(spec);
        this.element = element;
        this.single = single;
        count = spec.bind(Accessors.IntGet.class, Accessors.Verb.COUNT);
        get = spec.bind(Accessors.RefGet.class, Accessors.Verb.LIST);
        append = element.append(spec.accessors(), spec.descriptor());
    }

    @Override
    boolean isDefault(Object message) {
        return count.get(message) == 0;
    }

    @Override
    void writeValue(Object message, JsonBuffer out) {
        List<?> list = (List<?>) get.get(message);
        if (single && list.size() == 1 && element.writeBare(list.getFirst(), out)) {
            return;
        }
        out.openArray();
        element.writeAll(list, out);
        out.closeArray();
    }

    @Override
    void readValue(JsonInput in, Object builder) {
        if (in.token() == JsonToken.START_ARRAY) {
            if (single && isOneElement(in.peek())) {
                append.read(in, builder);
            } else {
                readAll(in, builder);
            }
        } else if (single && element.takes(in.token())) {
            append.read(in, builder);
        } else {
            in.wrongKind(wanted());
        }
    }

    /** What such a field may be, for a sentence. */
    private String wanted() {
        List<String> kinds = new ArrayList<>();
        if (single) {
            Stream.of(JsonToken.VALUE_STRING, JsonToken.VALUE_NUMBER_INT, JsonToken.START_OBJECT)
                    .filter(element::takes)
                    .map(Wording::kind)
                    .forEach(kinds::add);
        }
        return kinds.isEmpty() ? "an array" : String.join(", ", kinds) + " or an array";
    }

    private boolean isOneElement(JsonToken first) {
        return first != JsonToken.END_ARRAY && !element.takes(first) && element.takesArrayOf(first);
    }

    private void readAll(JsonInput in, Object builder) {
        for (JsonToken token = in.next(); token != JsonToken.END_ARRAY; token = in.next()) {
            if (token != JsonToken.VALUE_NULL || element.takesNull()) {
                append.read(in, builder);
            } else if (!in.lenient()) {
                in.reject("null", "an element must not be null");
            }
        }
    }

    @Override
    Shape shape() {
        return new Shape.Many(element.shape(), single, element.takesNull());
    }
}
