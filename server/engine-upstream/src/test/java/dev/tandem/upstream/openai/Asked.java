package dev.tandem.upstream.openai;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Head;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.http.HttpSettings;
import dev.tandem.upstream.http.Origin;
import dev.tandem.upstream.http.UpstreamClient;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An engine in front of a server that a test made, and calls to it. */
final class Asked implements AutoCloseable {
    static final ChatChunk ENVELOPE =
            ChatChunk.newBuilder().setId("chatcmpl-1").setCreated(7).setModel("ours").build();

    /** How a call ended. */
    record Outcome(List<ChatChunk> chunks, @Nullable ApiError error) {
        String text() {
            return chunks.stream()
                    .flatMap(chunk -> chunk.getChoicesList().stream())
                    .map(choice -> choice.getDelta().getContent())
                    .collect(Collectors.joining());
        }

        List<ChunkChoice> choice(int index) {
            return chunks.stream()
                    .flatMap(chunk -> chunk.getChoicesList().stream())
                    .filter(choice -> choice.getIndex() == index)
                    .toList();
        }

        ApiError failure() {
            if (error == null) {
                throw new AssertionError("no failure but " + chunks);
            }
            return error;
        }
    }

    final Calls calls = new Calls(() -> "req_1");
    final UpstreamClient client;
    final OpenAiEngine engine;

    private Asked(UpstreamClient client, OpenAiEngine engine) {
        this.client = client;
        this.engine = engine;
    }

    static Asked of(RawServer server) {
        return of(server.address(), settings -> settings);
    }

    static Asked of(URI address, UnaryOperator<OpenAiSettings> change) {
        return of(address, change, HttpSettings.DEFAULT);
    }

    static Asked of(URI address, UnaryOperator<OpenAiSettings> change, HttpSettings http) {
        OpenAiSettings settings = change.apply(OpenAiSettings.of(address));
        try {
            UpstreamClient client =
                    new UpstreamClient(Origin.of(address), http, SSLContext.getDefault());
            return new Asked(client, new OpenAiEngine(settings, client, InstantSource.system()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Limits of time for servers that are too slow. */
    static UnaryOperator<OpenAiSettings> within(Duration first, Duration gap) {
        Limits usual = Limits.DEFAULT;
        return settings -> settings.limits(new Limits(first, gap, usual.answer(), usual.events()));
    }

    static ChatRequest.Builder hello() {
        return ChatRequest.newBuilder()
                .setModel("theirs")
                .addMessages(
                        ChatMessage.newBuilder()
                                .setRole(Role.ROLE_USER)
                                .addContent(ContentPart.newBuilder().setText("Hello.")));
    }

    Outcome chat() throws InterruptedException {
        return chat(hello().build());
    }

    Outcome chat(ChatRequest request) throws InterruptedException {
        List<ChatChunk> chunks = new ArrayList<>();
        Call call = open(null);
        try {
            engine.chat(request, ENVELOPE, chunks::add, call);
            return new Outcome(chunks, null);
        } catch (ApiException e) {
            return new Outcome(chunks, e.error());
        } finally {
            calls.close(call);
        }
    }

    Call open(@Nullable Duration timeout) {
        return calls.open(
                new Head(
                        Head.Wire.REST,
                        "POST",
                        "/",
                        null,
                        Map.of(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
                timeout);
    }

    @Override
    public void close() {
        engine.close();
        client.close();
        calls.close();
    }
}
