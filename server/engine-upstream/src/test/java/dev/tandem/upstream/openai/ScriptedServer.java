package dev.tandem.upstream.openai;

import dev.tandem.engines.Engine;
import dev.tandem.testing.Script;
import dev.tandem.testing.contract.Stage;
import dev.tandem.testtools.Peer;
import dev.tandem.testtools.RawServer;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** An engine in front of a server that plays a script in events of the OpenAI API. */
final class ScriptedServer implements Stage {
    private static final JsonCodec CHUNKS =
            new JsonCodecs(Profile.CONTRACT).of(ChatChunk.getDefaultInstance());

    private final CountDownLatch asked = new CountDownLatch(1);
    private final RawServer server;
    private final Asked front;

    private ScriptedServer(RawServer.Talk talk, UnaryOperator<OpenAiSettings> change) {
        server =
                RawServer.start(peer -> {
                    peer.request();
                    asked.countDown();
                    talk.with(peer);
                });
        front = Asked.of(server.address(), change);
    }

    static ScriptedServer playing(Script script) {
        return new ScriptedServer(peer -> play(script, peer, true), settings -> settings);
    }

    static ScriptedServer breaking(Script script) {
        return new ScriptedServer(peer -> play(script, peer, false), settings -> settings);
    }

    /** Says nothing at all. */
    static ScriptedServer silent() {
        return new ScriptedServer(Peer::awaitLeaving, settings -> settings);
    }

    /** Tells usage with its first text, and then nothing. */
    static ScriptedServer tellingUsageAtOnce() {
        return new ScriptedServer(
                peer -> {
                    peer.beginEvents();
                    peer.events(
                            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}],"
                                    + "\"usage\":{\"completion_tokens\":1}}");
                    peer.awaitLeaving();
                },
                settings -> settings);
    }

    static ScriptedServer answering(String status, String json, String... headers) {
        return new ScriptedServer(
                peer -> peer.answer(status, "application/json", json, headers),
                settings -> settings);
    }

    private static void play(Script script, Peer peer, boolean toItsEnd) throws IOException {
        peer.beginEvents();
        boolean[] finished = new boolean[2];
        for (Script.Step step : script.steps()) {
            switch (step) {
                case Script.Step.Send(ChunkChoice news) -> {
                    finished[news.getIndex()] |= news.hasFinishReason();
                    peer.events(json(news));
                }
                case Script.Step.Flood(String text) -> {
                    while (true) {
                        peer.events(json(text(text)));
                    }
                }
                default -> {
                    peer.awaitLeaving();
                    return;
                }
            }
        }
        if (!toItsEnd) {
            return;
        }
        if (!finished[0]) {
            peer.events(json(ChunkChoice.newBuilder().setFinishReason("stop").build()));
        }
        peer.events(
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}",
                "[DONE]");
        peer.endChunks();
        peer.awaitLeaving();
    }

    private static ChunkChoice text(String text) {
        return ChunkChoice.newBuilder().setDelta(Delta.newBuilder().setContent(text)).build();
    }

    private static String json(ChunkChoice news) {
        JsonBuffer out = new JsonBuffer();
        CHUNKS.write(ChatChunk.newBuilder().addChoices(news).build(), out);
        return out.toString();
    }

    @Override
    public Engine engine() {
        return front.engine;
    }

    @Override
    public void awaitAsked() {
        try {
            if (!asked.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody asked");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long awaitStopped() {
        try {
            return server.peers().getFirst().awaitGone();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<String> asked() {
        return Optional.of(server.peers().getFirst().requests().getFirst().body());
    }

    @Override
    public void close() {
        front.close();
        server.close();
    }
}
