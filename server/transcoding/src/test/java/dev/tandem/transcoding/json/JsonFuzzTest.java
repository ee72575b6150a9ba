package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.tandem.test.v1.ChatRequest;
import dev.tandem.test.v1.Kinds;
import dev.tandem.test.v1.Shapes;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Spoilt JSON in every profile. Whether it is JSON at all is asked of JSON-P, what it means of
 * JsonFormat; what was read is written and read again.
 *
 * <p>For longer: {@code -Dtandem.fuzz.seconds=300}.
 */
class JsonFuzzTest {
    private static final long MOST_NANOS = Duration.ofSeconds(10).toNanos();
    private static final JsonFormat.Parser PARSER =
            JsonFormat.parser().usingTypeRegistry(RandomMessages.TYPES);
    private static final JsonCodecs CANONICAL =
            new JsonCodecs(Profile.CANONICAL, RandomMessages.TYPES);
    private static final List<JsonCodecs> OTHERS =
            List.of(
                    new JsonCodecs(Profile.CONTRACT, RandomMessages.TYPES),
                    new JsonCodecs(Profile.UPSTREAM, RandomMessages.TYPES));
    private static final List<Message> TYPES =
            List.of(Kinds.getDefaultInstance(), ChatRequest.getDefaultInstance());

    @Property(tries = 1000, seed = "1")
    void isReadLikeOthersReadItOrRefused(@ForAll long seed) {
        check(seed);
    }

    /** Found so: an array of bare values that stands for a message was written, and not read. */
    @Example
    void anArrayOfBareValuesThatStandsForAMessageIsRead() {
        Json contract = new Json(Profile.CONTRACT);
        contract.keeps(Shapes.getDefaultInstance(), "{'one':[-1.5,true],'many':[],'named':{}}");
        contract.keeps(Shapes.getDefaultInstance(), "{'many':[],'named':{'a':['b',[]],'c':[]}}");
    }

    @Example
    void forAsLongAsIsAsked() {
        long seconds = Long.getLong("tandem.fuzz.seconds", 0);
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        SplittableRandom seeds = new SplittableRandom();
        long tries = 0;
        while (System.nanoTime() - end < 0) {
            check(seeds.nextLong());
            tries++;
        }
        if (seconds > 0) {
            System.getLogger("fuzz").log(Level.INFO, tries + " texts");
        }
    }

    private static void check(long seed) {
        long begun = System.nanoTime();
        Message type = TYPES.get((int) Long.remainderUnsigned(seed, TYPES.size()));
        byte[] json = JsonMutant.of(new RandomMessages(seed).of(type), seed);
        String input = "seed " + seed + ": " + new String(json, StandardCharsets.UTF_8);
        Verdict good = verdict(json);
        Message read = read(CANONICAL, type, json, input, good);
        if (read != null) {
            asJsonFormatReads(read, json, input);
            again(CANONICAL, read, input);
        }
        for (JsonCodecs each : OTHERS) {
            Message other = read(each, type, json, input, good);
            if (other != null) {
                again(each, other, input);
            }
        }
        assertThat(System.nanoTime() - begun).as(input).isLessThan(MOST_NANOS);
    }

    /** Null where it was refused. */
    private static @Nullable Message read(
            JsonCodecs codecs, Message type, byte[] json, String input, Verdict verdict) {
        try {
            Message message = codecs.of(type).read(json);
            assertThat(verdict).as("read: %s", input).isNotEqualTo(Verdict.NONE);
            return message;
        } catch (JsonException e) {
            if (e.kind() == JsonException.Kind.MALFORMED) {
                boolean deep = String.valueOf(e.getMessage()).contains("deep");
                assertThat(verdict == Verdict.JSON && !deep)
                        .as("%s, though JSON: %s", e.getMessage(), input)
                        .isFalse();
            } else {
                assertThat(verdict)
                        .as("%s, though no JSON: %s", e.getMessage(), input)
                        .isNotEqualTo(Verdict.NONE);
                assertThat(e.violations()).as(input).isNotEmpty();
            }
            return null;
        } catch (RuntimeException e) {
            throw new AssertionError(input, e);
        }
    }

    private static void asJsonFormatReads(Message read, byte[] json, String input) {
        Message.Builder theirs = read.newBuilderForType();
        try {
            PARSER.merge(new String(json, StandardCharsets.UTF_8), theirs);
        } catch (InvalidProtocolBufferException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return; // an exponent too large for Java's BigDecimal, base64 of both alphabets
            }
            throw new AssertionError(input, e);
        } catch (RuntimeException e) {
            throw new AssertionError(input, e);
        }
        if (!read.equals(theirs.build())) {
            assertThat(text(read)).as(input).isEqualTo(text(theirs.build()));
        }
    }

    /** Without zeros: JsonFormat loses the sign of -0 in some places. */
    private static String text(Message message) {
        return message.toString().replaceAll("(?m)^ *[a-z0-9_]+: -?0\\.0\\R", "");
    }

    /** What is written is read, and written the same. */
    private static void again(JsonCodecs codecs, Message read, String input) {
        JsonCodec codec = codecs.of(read.getDefaultInstanceForType());
        String written = written(codec, read);
        try {
            Message back = codec.read(written.getBytes(StandardCharsets.UTF_8));
            assertThat(written(codec, back)).as(input).isEqualTo(written);
        } catch (JsonException e) {
            throw new AssertionError(input + "\nwritten: " + written, e);
        }
    }

    private static String written(JsonCodec codec, Message message) {
        JsonBuffer out = new JsonBuffer();
        codec.write(message, out);
        return out.toString();
    }

    private enum Verdict {
        JSON,
        NONE,
        /** JSON by its grammar, with half a surrogate pair in it, which is no character. */
        NO_TEXT
    }

    private static Verdict verdict(byte[] json) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
            boolean texts = true;
            try (JsonParser parser = JsonProvider.provider().createParser(new StringReader(text))) {
                while (parser.hasNext()) {
                    texts &= StandardCharsets.UTF_8.newEncoder().canEncode(next(parser));
                }
            }
            return texts ? Verdict.JSON : Verdict.NO_TEXT;
        } catch (JsonParsingException | CharacterCodingException e) {
            return Verdict.NONE;
        }
    }

    /** The text of a token that has one. */
    private static String next(JsonParser parser) {
        return switch (parser.next()) {
            case KEY_NAME, VALUE_STRING -> parser.getString();
            default -> "";
        };
    }
}
