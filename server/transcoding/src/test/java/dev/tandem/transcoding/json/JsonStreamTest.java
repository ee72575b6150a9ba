package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.test.v1.ChatChunk;
import dev.tandem.test.v1.ChunkChoice;
import dev.tandem.test.v1.Delta;
import dev.tandem.test.v1.Kinds;
import dev.tandem.test.v1.Part;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A stream's messages look as they do alone, whatever changes between them. */
class JsonStreamTest {
    private static final JsonCodecs CODECS = new JsonCodecs(Profile.CONTRACT, RandomMessages.TYPES);

    @Property(tries = 100)
    void anyMessagesInAnyOrder(@ForAll long seed) {
        Random random = new Random(seed);
        agree(
                IntStream.range(0, 6)
                        .mapToObj(i ->
                                new RandomMessages(random.nextInt(3))
                                        .of(Kinds.getDefaultInstance()))
                        .toList());
    }

    @Test
    void chunksThatBeginAlike() {
        ChatChunk first =
                ChatChunk.newBuilder()
                        .setId("a")
                        .setCreated(1)
                        .setModel("m")
                        .setServiceTier("t")
                        .build();
        agree(
                List.of(
                        first,
                        first.toBuilder()
                                .addChoices(
                                        ChunkChoice.newBuilder()
                                                .setDelta(Delta.newBuilder().setContent("x")))
                                .build(),
                        first.toBuilder().setModel("n").build(),
                        first.toBuilder().clearServiceTier().build(),
                        first));
    }

    @Test
    void messagesWithBareForms() {
        agree(
                List.of(
                        Part.newBuilder().setText("a").build(),
                        Part.newBuilder().setText("b").setNote("n").build()));
    }

    private static void agree(List<? extends Message> messages) {
        JsonCodec codec = CODECS.of(messages.getFirst().getDefaultInstanceForType());
        JsonStream stream = codec.stream();
        for (Message message : messages) {
            JsonBuffer alone = new JsonBuffer();
            JsonBuffer streamed = new JsonBuffer();
            codec.write(message, alone);
            stream.write(message, streamed);
            assertThat(streamed.toString()).isEqualTo(alone.toString());
        }
    }
}
