package dev.tandem.gateway.observe;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Source;
import dev.tandem.runtime.observe.CallTrace;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Records what people and models say to each other, in the spans of conversations: {@code
 * gen_ai.input.messages} and {@code gen_ai.output.messages}. There is none of this policy unless
 * the settings say so in so many words. Texts only, each cut at 16 Ki characters.
 */
public final class PromptContent implements Policy {
    private static final AttributeKey<String> INPUT =
            AttributeKey.stringKey("gen_ai.input.messages");
    private static final AttributeKey<String> OUTPUT =
            AttributeKey.stringKey("gen_ai.output.messages");
    private static final int MOST = 16 << 10;

    /** One for a server. */
    public PromptContent() {}

    @Override
    public <Q extends Message, R extends Message> Handler<Q, R> around(
            Method<Q, R> method, Handler<Q, R> next) {
        if (!(method.request() instanceof ChatRequest)) {
            return next;
        }
        return (source, sink, call) -> {
            Span span = CallTrace.of(call).map(CallTrace::span).orElse(Span.getInvalid());
            if (span.isRecording()) {
                recorded(next, source, sink, call, span);
            } else {
                next.handle(source, sink, call);
            }
        };
    }

    private static <Q, R> void recorded(
            Handler<Q, R> next, Source<Q> source, Sink<R> sink, Call call, Span span)
            throws Exception {
        StringBuilder answer = new StringBuilder();
        Source<Q> listening =
                () -> {
                    Q request = source.next();
                    if (request instanceof ChatRequest chat) {
                        span.setAttribute(INPUT, input(chat));
                    }
                    return request;
                };
        Sink<R> told =
                message -> {
                    listen(message, answer);
                    sink.send(message);
                };
        try {
            next.handle(listening, told, call);
        } finally {
            span.setAttribute(
                    OUTPUT,
                    Json.createArrayBuilder()
                            .add(said("assistant", answer.toString()))
                            .build()
                            .toString());
        }
    }

    /** The first choice's text. */
    private static void listen(Object message, StringBuilder answer) {
        if (answer.length() >= MOST) {
            return;
        }
        if (message instanceof ChatChunk chunk && chunk.getChoicesCount() > 0) {
            answer.append(chunk.getChoices(0).getDelta().getContent());
        } else if (message instanceof ChatCompletion whole && whole.getChoicesCount() > 0) {
            answer.append(whole.getChoices(0).getMessage().getContent());
        }
    }

    private static String input(ChatRequest request) {
        JsonArrayBuilder messages = Json.createArrayBuilder();
        for (ChatMessage message : request.getMessagesList()) {
            String role = message.getRole().name().substring("ROLE_".length());
            String text =
                    message.getContentList().stream()
                            .map(ContentPart::getText)
                            .collect(Collectors.joining());
            messages.add(said(role, text));
        }
        return messages.build().toString();
    }

    private static JsonObjectBuilder said(String role, String text) {
        String cut = text.length() > MOST ? text.substring(0, MOST) : text;
        return Json.createObjectBuilder()
                .add("role", role.toLowerCase(Locale.ROOT))
                .add(
                        "parts",
                        Json.createArrayBuilder()
                                .add(
                                        Json.createObjectBuilder()
                                                .add("type", "text")
                                                .add("content", cut)));
    }
}
