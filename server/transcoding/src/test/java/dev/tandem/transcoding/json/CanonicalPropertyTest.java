package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import dev.tandem.test.v1.Kinds;
import dev.tandem.test.v1.Legacy;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The canonical profile against protobuf's own JsonFormat, both ways, for messages with every kind
 * of field.
 */
class CanonicalPropertyTest {
    private static final TypeRegistry TYPES = RandomMessages.TYPES;
    private static final JsonCodecs CODECS = new JsonCodecs(Profile.CANONICAL, TYPES);
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().usingTypeRegistry(TYPES);
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().usingTypeRegistry(TYPES);

    @Property(tries = 400)
    void whatIsWrittenIsReadByJsonFormat(@ForAll long seed) throws Exception {
        Message message = new RandomMessages(seed).of(Kinds.getDefaultInstance());
        Message.Builder back = Kinds.newBuilder();
        PARSER.merge(write(message), back);
        assertThat(back.build()).isEqualTo(message);
    }

    @Property(tries = 400)
    void whatJsonFormatWritesIsRead(@ForAll long seed) throws Exception {
        Message message = new RandomMessages(seed).of(Kinds.getDefaultInstance());
        String json = PRINTER.print(message);
        assertThat(read(json, message)).isEqualTo(message);
        assertThat(read(PRINTER.preservingProtoFieldNames().print(message), message))
                .isEqualTo(message);
    }

    @Property(tries = 400)
    void theSameFieldsAreWrittenInTheSameOrder(@ForAll long seed) throws Exception {
        Message message = new RandomMessages(seed).of(Kinds.getDefaultInstance());
        assertThat(TokensOf.json(write(message))).isEqualTo(TokensOf.json(PRINTER.print(message)));
    }

    @Property(tries = 200)
    void groupsClosedEnumsAndPresenceOfProto2AreTheSame(@ForAll long seed) throws Exception {
        Message message = new RandomMessages(seed).of(Legacy.getDefaultInstance());
        assertThat(TokensOf.json(write(message))).isEqualTo(TokensOf.json(PRINTER.print(message)));
        assertThat(read(PRINTER.print(message), message)).isEqualTo(message);
    }

    private static String write(Message message) {
        JsonBuffer out = new JsonBuffer();
        CODECS.of(message.getDefaultInstanceForType()).write(message, out);
        return out.toString();
    }

    private static Message read(String json, Message like) throws JsonException {
        return CODECS.of(like.getDefaultInstanceForType())
                .read(json.getBytes(StandardCharsets.UTF_8));
    }
}
