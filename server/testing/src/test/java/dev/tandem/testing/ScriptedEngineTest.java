package dev.tandem.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Head;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Role;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedEngineTest {
    private static final ChatChunk ENVELOPE =
            ChatChunk.newBuilder().setId("chatcmpl-1").setModel("m").build();

    private final Calls calls = new Calls(() -> "req_1");
    private final Call call =
            calls.open(
                    new Head(
                            Head.Wire.REST,
                            "POST",
                            "/",
                            null,
                            Map.of(),
                            InetSocketAddress.createUnresolved("client", 1)),
                    null);
    private final List<ChatChunk> chunks = new ArrayList<>();

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void anAnswerKeepsTheContractOfEngines() throws InterruptedException {
        play(Script.saying("a", "b").say(1, "c").finish(1, "length"));

        assertThat(chunks).allMatch(chunk -> chunk.getId().equals("chatcmpl-1"));
        for (int index : List.of(0, 1)) {
            List<ChunkChoice> choice = choice(index);
            assertThat(choice.getFirst().getDelta().getRole()).isEqualTo(Role.ROLE_ASSISTANT);
            assertThat(choice.getLast().getFinishReason())
                    .isEqualTo(index == 0 ? "stop" : "length");
        }
        assertThat(chunks.getLast().getChoicesList()).isEmpty();
        assertThat(chunks.getLast().getUsage().getCompletionTokens()).isEqualTo(3);
        assertThat(chunks.subList(0, chunks.size() - 1)).noneMatch(ChatChunk::hasUsage);
    }

    @Test
    void aRunTellsHowFarItGotAndHowItEnded() throws InterruptedException {
        ScriptedEngine engine = new ScriptedEngine(Script.saying("a"));

        engine.chat(ChatRequest.newBuilder().setModel("m").build(), ENVELOPE, chunks::add, call);

        Run run = engine.awaitRun();
        assertThat(run.end()).isEqualTo(Run.End.COMPLETE);
        assertThat(run.sent()).isEqualTo(4); // role, text, finish reason, usage
        assertThat(run.request().getModel()).isEqualTo("m");
        assertThat(run.cancelled()).isNull();
    }

    @Test
    void aSilentEngineWakesWhenItsCallIsCancelled() {
        ScriptedEngine engine = new ScriptedEngine(Script.saying("a").pause(new Gate()));
        Thread worker = Thread.ofVirtual().unstarted(() -> chatUntilInterrupted(engine));
        worker.start();
        engine.awaitRun().awaitSent(2);

        call.cancel(CancelCause.CLIENT_LEFT);
        worker.interrupt(); // as the runtime does to the thread of a call that is cancelled

        assertThat(engine.awaitRun().awaitEnd()).isEqualTo(Run.End.CANCELLED);
        assertThat(engine.awaitRun().cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
    }

    @Test
    void aFloodEndsWithItsCall() {
        ScriptedEngine engine = new ScriptedEngine(Script.empty().flood("x"));

        assertThatThrownBy(() ->
                        engine.chat(
                                ChatRequest.getDefaultInstance(),
                                ENVELOPE,
                                chunk -> {
                                    chunks.add(chunk);
                                    if (chunks.size() == 100) {
                                        call.cancel(CancelCause.DEADLINE);
                                    }
                                },
                                call))
                .isInstanceOf(CancelledException.class);
        assertThat(engine.awaitRun().end()).isEqualTo(Run.End.CANCELLED);
    }

    @Test
    void aFaultComesWhereTheScriptSays() {
        IllegalStateException fault = new IllegalStateException("broken");

        assertThatThrownBy(() -> play(Script.saying("a").fail(fault).say("b"))).isSameAs(fault);

        assertThat(choice(0)).extracting(c -> c.getDelta().getContent()).containsExactly("", "a");
    }

    private void chatUntilInterrupted(ScriptedEngine engine) {
        try {
            engine.chat(ChatRequest.getDefaultInstance(), ENVELOPE, chunks::add, call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play(Script script) throws InterruptedException {
        new ScriptedEngine(script)
                .chat(ChatRequest.getDefaultInstance(), ENVELOPE, chunks::add, call);
    }

    private List<ChunkChoice> choice(int index) {
        return chunks.stream()
                .flatMap(chunk -> chunk.getChoicesList().stream())
                .filter(choice -> choice.getIndex() == index)
                .toList();
    }
}
