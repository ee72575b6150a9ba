package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.sun.management.ThreadMXBean;
import dev.tandem.test.v1.ChatChunk;
import dev.tandem.test.v1.Kinds;
import dev.tandem.test.v1.Legacy;
import dev.tandem.test.v1.Names;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Bound methods, getField and dynamic messages: three ways to the same JSON and the same message.
 */
class AccessorsTest {
    private static final Json BOUND =
            new Json(new JsonCodecs(Profile.UPSTREAM, RandomMessages.TYPES));
    private static final Json REFLECTIVE =
            new Json(
                    new JsonCodecs(
                            Profile.UPSTREAM,
                            RandomMessages.TYPES,
                            prototype -> new ReflectiveAccessors()));

    @Property(tries = 100)
    void agreeOnEveryKindOfField(@ForAll long seed) {
        agree(new RandomMessages(seed).of(Kinds.getDefaultInstance()));
    }

    @Property(tries = 100)
    void agreeOnAwkwardNamesAndOldMessages(@ForAll long seed) {
        RandomMessages random = new RandomMessages(seed);
        Stream.of(Names.getDefaultInstance(), Legacy.getDefaultInstance())
                .map(random::of)
                .forEach(AccessorsTest::agree);
    }

    @Test
    void generatedMethodsAreBound() {
        BoundAccessors accessors = new BoundAccessors(ChatChunk.getDefaultInstance());
        ChatChunk.getDescriptor()
                .getFields()
                .forEach(field -> {
                    Accessors.Verb verb =
                            field.isRepeated() ? Accessors.Verb.LIST : Accessors.Verb.GET;
                    boolean number = field.getName().equals("created");
                    Object bound =
                            number
                                    ? accessors.bind(Accessors.LongGet.class, field, verb)
                                    : accessors.bind(Accessors.RefGet.class, field, verb);
                    assertThat(bound.getClass().getName()).contains("BoundAccessors$$Lambda");
                });
    }

    @Test
    void everyMapOfAGeneratedClassIsLookedAtBeforeItsMethodsAreCalled() {
        Stream.of(ChatChunk.getDefaultInstance(), Kinds.getDefaultInstance())
                .flatMap(type ->
                        type.getDescriptorForType().getFields().stream()
                                .filter(FieldDescriptor::isMapField)
                                .map(field -> filled(new BoundAccessors(type), field)))
                .forEach(filled -> assertThat(filled).isInstanceOf(MapPresence.class));
    }

    @Test
    void aMapHasEntriesAfterPutAndNoneAfterClear() {
        FieldDescriptor labels = Kinds.getDescriptor().findFieldByName("labels");
        Kinds put = Kinds.newBuilder().putLabels("a", "b").build();
        Kinds cleared = put.toBuilder().clearLabels().build();
        Stream.of(new BoundAccessors(put), new ReflectiveAccessors())
                .map(accessors -> filled(accessors, labels))
                .forEach(filled -> {
                    assertThat(filled.has(Kinds.getDefaultInstance())).isFalse();
                    assertThat(filled.has(put)).isTrue();
                    assertThat(filled.has(cleared)).isFalse();
                });
    }

    @Test
    void aMapThatIsNotThereIsSeenWithoutAllocating() {
        FieldDescriptor labels = Kinds.getDescriptor().findFieldByName("labels");
        Kinds none = Kinds.getDefaultInstance();
        Accessors.Has filled = filled(new BoundAccessors(none), labels);
        int calls = 10_000;
        allocatedBy(calls, filled, none); // binds and warms up
        assertThat(allocatedBy(calls, filled, none)).isLessThan(calls);
    }

    private static long allocatedBy(int calls, Accessors.Has filled, Message message) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            if (filled.has(message)) {
                throw new AssertionError("there is no entry");
            }
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static Accessors.Has filled(Accessors accessors, FieldDescriptor field) {
        return accessors.bind(Accessors.Has.class, field, Accessors.Verb.FILLED);
    }

    private static void agree(Message message) {
        String json = BOUND.write(message);
        assertThat(REFLECTIVE.write(message)).isEqualTo(json);
        DynamicMessage dynamic =
                DynamicMessage.newBuilder(message.getDescriptorForType())
                        .mergeFrom(message)
                        .build();
        DynamicMessage none = dynamic.getDefaultInstanceForType();
        assertThat(TokensOf.json(BOUND.write(dynamic)))
                .containsExactlyInAnyOrderElementsOf(TokensOf.json(json));

        Message back = BOUND.read(message.getDefaultInstanceForType(), json);
        assertThat(REFLECTIVE.read(message.getDefaultInstanceForType(), json)).isEqualTo(back);
        assertThat(BOUND.read(none, json).toByteString()).isEqualTo(back.toByteString());
    }
}
