package dev.tandem.clients.runner;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call that the runner is to make.
 *
 * @param cancelAfter after so many messages; null for never
 */
record Asked(
        String id,
        String wire,
        MethodDescriptor<Message, Message> method,
        Message request,
        Map<String, String> headers,
        @Nullable Duration timeout,
        @Nullable Integer cancelAfter) {

    static Asked of(String line) throws InvalidProtocolBufferException {
        JsonObject call;
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            call = reader.readObject();
        }
        MethodDescriptor<Message, Message> method = Methods.named(call.getString("method"));
        return new Asked(
                call.getString("id"),
                call.getString("wire"),
                method,
                read(
                        prototype(method.getRequestMarshaller()),
                        call.getJsonObject("request").toString()),
                headers(call.getOrDefault("headers", JsonValue.EMPTY_JSON_OBJECT).asJsonObject()),
                call.containsKey("timeout_ms")
                        ? Duration.ofMillis(call.getInt("timeout_ms"))
                        : null,
                call.containsKey("cancel_after") ? call.getInt("cancel_after") : null);
    }

    private static Map<String, String> headers(JsonObject headers) {
        return headers.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                header -> ((JsonString) header.getValue()).getString()));
    }

    /** Was as much read as is to be? */
    boolean enough(int messages) {
        return cancelAfter != null && messages >= cancelAfter;
    }

    boolean streams() {
        return !method.getType().serverSendsOneMessage();
    }

    /** A message of the answer, from protobuf's JSON. */
    Message answer(String json) throws InvalidProtocolBufferException {
        return read(prototype(method.getResponseMarshaller()), json);
    }

    /** A message of the answer. */
    Message answer(byte[] bytes) throws InvalidProtocolBufferException {
        return prototype(method.getResponseMarshaller()).getParserForType().parseFrom(bytes);
    }

    private static Message prototype(MethodDescriptor.Marshaller<Message> marshaller) {
        return Objects.requireNonNull(
                ((PrototypeMarshaller<Message>) marshaller).getMessagePrototype());
    }

    private static Message read(Message prototype, String json)
            throws InvalidProtocolBufferException {
        Message.Builder message = prototype.newBuilderForType();
        JsonFormat.parser().merge(json, message);
        return message.build();
    }
}
