package dev.tandem.transcoding.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.test.v1.Fixed;
import dev.tandem.test.v1.Inputs;
import dev.tandem.test.v1.Kinds;
import dev.tandem.test.v1.Legacy;
import dev.tandem.test.v1.Lists;
import dev.tandem.test.v1.Parts;
import dev.tandem.test.v1.Shapes;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.json.RandomMessages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the codec writes is what the schema says, and what it reads too. */
class SchemaPropertyTest {
    /** Messages with every word of the options, and without rules. */
    private static final List<Message> WORDS =
            List.of(
                    Lists.getDefaultInstance(),
                    Fixed.getDefaultInstance(),
                    Inputs.getDefaultInstance(),
                    Shapes.getDefaultInstance(),
                    Parts.getDefaultInstance());

    private static final Map<Profile, JsonCodecs> CODECS =
            Map.of(
                    Profile.CONTRACT,
                    new JsonCodecs(Profile.CONTRACT, RandomMessages.TYPES),
                    Profile.CANONICAL,
                    new JsonCodecs(Profile.CANONICAL, RandomMessages.TYPES));

    private static final Map<String, Schemas> SCHEMAS = new HashMap<>();

    @Property(tries = 200)
    void everyKindOfFieldIsWrittenAsTheSchemaSays(@ForAll long seed) {
        Message message = new RandomMessages(seed).of(Kinds.getDefaultInstance());
        check(message, Profile.CANONICAL, Direction.WRITTEN);
        check(message, Profile.CONTRACT, Direction.WRITTEN);
    }

    @Property(tries = 100)
    void messagesOfProto2AreWrittenAsTheSchemaSays(@ForAll long seed) {
        Message message = new RandomMessages(seed).of(Legacy.getDefaultInstance());
        check(message, Profile.CANONICAL, Direction.WRITTEN);
        check(message, Profile.CONTRACT, Direction.WRITTEN);
    }

    @Property(tries = 200)
    void everyWordOfTheOptionsIsInBothSchemas(@ForAll long seed) {
        for (Message prototype : WORDS) {
            Message message = new RandomMessages(seed).of(prototype);
            for (Direction direction : Direction.values()) {
                check(message, Profile.CONTRACT, direction);
                check(message, Profile.CANONICAL, direction);
            }
        }
    }

    @Test
    void otherValuesAreNot() {
        Schemas lists = of(Lists.getDefaultInstance(), Profile.CONTRACT, Direction.READ);
        assertThat(lists.errors("{\"stop\": \"x\", \"tags\": null, \"counts\": [3]}")).isEmpty();
        assertThat(lists.errors("{\"stop\": 3}")).isNotEmpty();
        assertThat(lists.errors("{\"counts\": [3.5]}")).isNotEmpty();
        assertThat(lists.errors("{\"tones\": \"shrill\"}")).isNotEmpty();
        assertThat(lists.errors("{\"unknown\": 1}")).isNotEmpty();

        Schemas parts = of(Parts.getDefaultInstance(), Profile.CONTRACT, Direction.READ);
        assertThat(parts.errors("{\"content\": \"hi\"}")).isEmpty();
        assertThat(parts.errors("{\"content\": [{\"type\": \"text\", \"text\": \"hi\"}]}"))
                .isEmpty();
        assertThat(parts.errors("{\"content\": [{\"type\": \"separator\"}]}")).isEmpty();
        assertThat(parts.errors("{\"content\": [{\"type\": \"image_url\", \"text\": \"hi\"}]}"))
                .isNotEmpty();
        assertThat(
                        parts.errors(
                                "{\"content\": [{\"text\": \"hi\", \"image_url\": {\"url\": \"\"}}]}"))
                .isNotEmpty();
    }

    private static void check(Message message, Profile profile, Direction direction) {
        String json = json(message, profile);
        boolean finite = !json.contains("NaN") && !json.contains("Infinity");
        if (!finite && profile == Profile.CONTRACT && direction == Direction.WRITTEN) {
            return; // the contract's answers are described as numbers alone
        }
        assertThat(of(message.getDefaultInstanceForType(), profile, direction).errors(json))
                .as("%s as %s %s: %s", direction, profile, message, json)
                .isEmpty();
    }

    private static Schemas of(Message prototype, Profile profile, Direction direction) {
        String key = prototype.getDescriptorForType().getFullName() + profile + direction;
        return SCHEMAS.computeIfAbsent(key, _ -> Schemas.of(prototype, profile, direction));
    }

    private static String json(Message message, Profile profile) {
        JsonBuffer out = new JsonBuffer();
        requireNonNull(CODECS.get(profile))
                .of(message.getDefaultInstanceForType())
                .write(message, out);
        return out.toString();
    }
}
