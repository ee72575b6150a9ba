package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.NullValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonToken;

/**
 * An enum's value by its name, in Java its number. A number without a name is written as the
 * number.
 */
final class EnumElement extends Element {
    private final EnumDescriptor type;
    private final Profile profile;
    private final boolean numbers;
    private final boolean isNull;
    private final Map<String, Integer> byName = new LinkedHashMap<>();
    private final Map<Integer, String> byNumber = new HashMap<>();

    EnumElement(EnumDescriptor type, Profile profile) {
        this.type = type;
        this.profile = profile;
        numbers = profile != Profile.CONTRACT;
        isNull = type.getFullName().equals(NullValue.getDescriptor().getFullName());
        for (EnumValueDescriptor value : type.getValues()) {
            String name = profile == Profile.CANONICAL ? value.getName() : EnumNames.of(value);
            byName.put(name, value.getNumber());
            byNumber.putIfAbsent(value.getNumber(), name);
        }
    }

    int readNumber(JsonInput in) {
        switch (in.token()) {
            case VALUE_STRING -> {
                return named(in);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                if (numbers) {
                    return numbered(in);
                }
            }
            case VALUE_NULL -> {
                return 0;
            }
            default -> {}
        }
        in.wrongKind("a string");
        return 0;
    }

    void writeNumber(int number, JsonBuffer out) {
        if (isNull) {
            out.nothing();
            return;
        }
        String name = byNumber.get(number);
        if (name == null) {
            out.number(number);
        } else {
            out.string(name);
        }
    }

    @Override
    Object read(JsonInput in) {
        return readNumber(in);
    }

    @Override
    void write(Object value, JsonBuffer out) {
        writeNumber((Integer) value, out);
    }

    @Override
    boolean takes(JsonToken first) {
        return first == JsonToken.VALUE_STRING || (numbers && first.isNumeric());
    }

    @Override
    boolean takesNull() {
        return isNull;
    }

    @Override
    Append append(Accessors accessors, FieldDescriptor field) {
        Accessors.IntSet add = accessors.bind(Accessors.IntSet.class, field, Accessors.Verb.ADD);
        return (in, builder) -> add.set(builder, readNumber(in));
    }

    private int named(JsonInput in) {
        String name = in.parser.getString();
        Integer number = byName.get(name);
        if (number != null) {
            return number;
        }
        if (!in.lenient()) {
            in.reject(
                    "enum",
                    Wording.quoted(name)
                            + " is not one of "
                            + Wording.list(EnumNames.offered(type, profile)));
        }
        return unspecified();
    }

    private int numbered(JsonInput in) {
        int number = (int) Numbers.integer(in, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (!type.isClosed() || type.findValueByNumber(number) != null) {
            return number;
        }
        if (!in.lenient()) {
            in.reject("enum", "no value of the enum has this number");
        }
        return unspecified();
    }

    /** Zero in every open enum. */
    private int unspecified() {
        List<EnumValueDescriptor> values = type.getValues();
        return values.getFirst().getNumber();
    }

    @Override
    Shape shape() {
        return new Shape.Choice(type, Collections.unmodifiableMap(byName), numbers, isNull);
    }
}
