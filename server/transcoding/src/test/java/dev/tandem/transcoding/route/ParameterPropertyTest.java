package dev.tandem.transcoding.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The text of every value, as protobuf's JSON mapping writes it, is read as that value. */
class ParameterPropertyTest {
    private static final List<String> KINDS =
            List.of(
                    "INT32",
                    "SINT32",
                    "SFIXED32",
                    "INT64",
                    "SINT64",
                    "SFIXED64",
                    "UINT32",
                    "FIXED32",
                    "UINT64",
                    "FIXED64",
                    "DOUBLE",
                    "FLOAT",
                    "STRING",
                    "BYTES",
                    "BOOL");
    private static final Descriptor TYPE = type();

    @Property
    void integers(@ForAll int narrow, @ForAll long wide) throws Exception {
        for (String kind : KINDS.subList(0, 3)) {
            assertThat(read(kind, Integer.toString(narrow))).isEqualTo(narrow);
        }
        for (String kind : KINDS.subList(3, 6)) {
            assertThat(read(kind, Long.toString(wide))).isEqualTo(wide);
        }
        for (String kind : KINDS.subList(6, 8)) {
            assertThat(read(kind, Integer.toUnsignedString(narrow))).isEqualTo(narrow);
        }
        for (String kind : KINDS.subList(8, 10)) {
            assertThat(read(kind, Long.toUnsignedString(wide))).isEqualTo(wide);
        }
    }

    @Property
    void floats(@ForAll double wide, @ForAll float narrow) throws Exception {
        assertThat(read("DOUBLE", Double.toString(wide))).isEqualTo(wide);
        assertThat(read("FLOAT", Float.toString(narrow))).isEqualTo(narrow);
    }

    @Property
    void floatsOfAnyBits(@ForAll long bits) throws Exception {
        double wide = Double.longBitsToDouble(bits);
        float narrow = Float.intBitsToFloat((int) bits);
        assertThat(read("DOUBLE", Double.toString(wide))).isEqualTo(wide);
        assertThat(read("FLOAT", Float.toString(narrow))).isEqualTo(narrow);
    }

    @Property
    void booleans(@ForAll boolean value) throws Exception {
        assertThat(read("BOOL", Boolean.toString(value))).isEqualTo(value);
    }

    @Property
    void texts(@ForAll String text) throws Exception {
        assertThat(read("STRING", wellFormed(text))).isEqualTo(wellFormed(text));
    }

    @Property
    void bytesInBothAlphabetsPaddedOrNot(@ForAll byte[] bytes) throws Exception {
        ByteString expected = ByteString.copyFrom(bytes);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            assertThat(read("BYTES", encoder.encodeToString(bytes))).isEqualTo(expected);
            assertThat(read("BYTES", encoder.withoutPadding().encodeToString(bytes)))
                    .isEqualTo(expected);
        }
    }

    @Property
    void times(
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos)
            throws Exception {
        Timestamp time = Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();

        Message read = (Message) read("time", Timestamps.toString(time));

        assertThat(read.toByteString()).isEqualTo(time.toByteString());
    }

    @Property
    void spans(
            @ForAll @LongRange(min = 0, max = 315_575_999_999L) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos,
            @ForAll boolean negative)
            throws Exception {
        int sign = negative ? -1 : 1;
        Duration span =
                Duration.newBuilder().setSeconds(sign * seconds).setNanos(sign * nanos).build();

        Message read = (Message) read("span", Durations.toString(span));

        assertThat(read.toByteString()).isEqualTo(span.toByteString());
    }

    @Property
    void entriesOfMaps(@ForAll String key, @ForAll long value) throws Exception {
        DynamicMessage.Builder expected = DynamicMessage.newBuilder(TYPE);
        FieldDescriptor map = TYPE.findFieldByName("f_map");
        Message.Builder entry = expected.newBuilderForField(map);
        entry.setField(map.getMessageType().findFieldByNumber(1), wellFormed(key));
        entry.setField(map.getMessageType().findFieldByNumber(2), value);
        expected.addRepeatedField(map, entry.build());

        assertThat(bind("f_map[" + wellFormed(key) + "]", Long.toString(value)))
                .isEqualTo(expected.build());
    }

    /** Whatever is sent, it is read or refused. */
    @Property
    void noTextBreaksTheReader(@ForAll String text) {
        for (FieldDescriptor field : TYPE.getFields()) {
            try {
                bind(field.getName(), wellFormed(text));
            } catch (ParameterException refused) {
                assertThat(refused.violations()).hasSize(1);
            }
        }
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Object read(String kind, String text) throws ParameterException {
        return bind("f_" + kind, text).getField(TYPE.findFieldByName("f_" + kind));
    }

    /** By way of a query, encoded as browsers encode forms. */
    private static Message bind(String name, String text) throws ParameterException {
        Parameters parameters = new Parameters(DynamicMessage.newBuilder(TYPE));
        parameters.query(
                QueryString.parse(
                        URLEncoder.encode(name, StandardCharsets.UTF_8)
                                + "="
                                + URLEncoder.encode(text, StandardCharsets.UTF_8)),
                List.of());
        return parameters.build();
    }

    private static Descriptor type() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < KINDS.size(); i++) {
            fields.append(
                    "field { name: \"f_%s\" number: %d type: TYPE_%s label: LABEL_OPTIONAL }\n"
                            .formatted(KINDS.get(i), i + 1, KINDS.get(i)));
        }
        return Proto.file(
                        """
                        message_type {
                          name: "All"
                          %s
                          field { name: "f_time" number: 30 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" label: LABEL_OPTIONAL }
                          field { name: "f_span" number: 31 type: TYPE_MESSAGE type_name: ".google.protobuf.Duration" label: LABEL_OPTIONAL }
                          field { name: "f_map" number: 32 type: TYPE_MESSAGE type_name: ".t.All.FMapEntry" label: LABEL_REPEATED }
                          nested_type {
                            name: "FMapEntry"
                            options { map_entry: true }
                            field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
                            field { name: "value" number: 2 type: TYPE_INT64 label: LABEL_OPTIONAL }
                          }
                        }
                        """
                                .formatted(fields))
                .findMessageTypeByName("All");
    }
}
