package dev.tandem.runtime.conformance;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.RpcReasons;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers as each request says, and tells what came in. */
final class ConformanceService {
    private final Schema schema;

    ConformanceService(Schema schema) {
        this.schema = schema;
    }

    Service service() {
        List<Method<?, ?>> methods = new ArrayList<>();
        for (MethodDescriptor method : schema.service().getMethods()) {
            methods.add(method(method, handler(method)));
        }
        return new Service(schema.service(), methods);
    }

    private static Method<Message, Message> method(
            MethodDescriptor method, Handler<Message, Message> handler) {
        return new Method<>(
                method,
                DynamicMessage.getDefaultInstance(method.getInputType()),
                DynamicMessage.getDefaultInstance(method.getOutputType()),
                handler,
                List.of());
    }

    private Handler<Message, Message> handler(MethodDescriptor method) {
        return switch (method.getName()) {
            case "Unary", "IdempotentUnary" ->
                    (source, sink, call) -> sink.send(answer(method, List.of(only(source)), call));
            case "ClientStream" ->
                    (source, sink, call) -> sink.send(answer(method, all(source), call));
            case "ServerStream" ->
                    (source, sink, call) ->
                            new Duplex(method, sink, call).answerAll(List.of(only(source)));
            case "BidiStream" ->
                    (source, sink, call) -> new Duplex(method, sink, call).converse(source);
            default ->
                    (source, sink, call) -> {
                        var _ = only(source);
                        throw ApiError.of(Reasons.UNIMPLEMENTED, "Not here.").toException();
                    };
        };
    }

    private static Message only(Source<Message> source) throws InterruptedException {
        Message first = source.next();
        if (first == null) {
            throw ApiError.of(RpcReasons.MISSING_MESSAGE, "No message.").toException();
        }
        if (source.next() != null) {
            throw ApiError.of(RpcReasons.TOO_MANY_MESSAGES, "Two messages.").toException();
        }
        return first;
    }

    private static List<Message> all(Source<Message> source) throws InterruptedException {
        List<Message> all = new ArrayList<>();
        for (Message next = source.next(); next != null; next = source.next()) {
            all.add(next);
        }
        return all;
    }

    private Message answer(MethodDescriptor method, List<Message> requests, Call call)
            throws InterruptedException {
        Message definition =
                requests.isEmpty()
                        ? schema.message("UnaryResponseDefinition").build()
                        : Fields.message(requests.getFirst(), "response_definition");
        metadata(definition, call);
        pause(definition);
        if (Fields.has(definition, "error")) {
            throw error(Fields.message(definition, "error"), info(requests, call));
        }
        ByteString data = Fields.bytes(definition, "response_data");
        return response(method, data, info(requests, call));
    }

    /** The answers of one stream. */
    private final class Duplex {
        private final MethodDescriptor method;
        private final Sink<Message> sink;
        private final Call call;
        private final List<Message> pending = new ArrayList<>();
        private Message definition = schema.message("StreamResponseDefinition").build();
        private int sent;

        Duplex(MethodDescriptor method, Sink<Message> sink, Call call) {
            this.method = method;
            this.sink = sink;
            this.call = call;
        }

        void answerAll(List<Message> requests) throws InterruptedException {
            begin(requests.getFirst());
            pending.addAll(requests);
            finish();
        }

        void converse(Source<Message> source) throws InterruptedException {
            boolean full = false;
            for (Message next = source.next(); next != null; next = source.next()) {
                if (pending.isEmpty() && sent == 0) {
                    begin(next);
                    full = Fields.flag(next, "full_duplex");
                }
                pending.add(next);
                if (full) {
                    if (sent >= Fields.pieces(definition, "response_data").size()) {
                        break;
                    }
                    sendNext();
                }
            }
            finish();
        }

        private void begin(Message first) {
            definition = Fields.message(first, "response_definition");
            metadata(definition, call);
        }

        private void sendNext() throws InterruptedException {
            pause(definition);
            ByteString data = Fields.pieces(definition, "response_data").get(sent);
            Message info =
                    sent == 0
                            ? info(pending, call)
                            : pending.isEmpty() ? null : requests(pending).build();
            sink.send(response(method, data, info));
            pending.clear();
            sent++;
        }

        private void finish() throws InterruptedException {
            while (sent < Fields.pieces(definition, "response_data").size()) {
                sendNext();
            }
            if (Fields.has(definition, "error")) {
                throw error(
                        Fields.message(definition, "error"),
                        sent == 0 ? info(pending, call) : null);
            }
        }
    }

    private static void pause(Message definition) throws InterruptedException {
        int millis = Fields.number(definition, "response_delay_ms");
        if (millis > 0) {
            var _ = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        }
    }

    private static void metadata(Message definition, Call call) {
        for (Message header : Fields.messages(definition, "response_headers")) {
            String name = Fields.text(header, "name").toLowerCase(Locale.ROOT);
            Fields.texts(header, "value").forEach(value -> call.answer().header(name, value));
        }
        for (Message trailer : Fields.messages(definition, "response_trailers")) {
            String name = Fields.text(trailer, "name").toLowerCase(Locale.ROOT);
            Fields.texts(trailer, "value").forEach(value -> call.answer().trailer(name, value));
        }
    }

    private Message response(MethodDescriptor method, ByteString data, @Nullable Message info) {
        DynamicMessage.Builder payload = schema.message("ConformancePayload");
        payload.setField(Fields.field(payload, "data"), data);
        if (info != null) {
            payload.setField(Fields.field(payload, "request_info"), info);
        }
        DynamicMessage.Builder response = DynamicMessage.newBuilder(method.getOutputType());
        return response.setField(Fields.field(response, "payload"), payload.build()).build();
    }

    private DynamicMessage.Builder requests(List<Message> requests) {
        DynamicMessage.Builder info = schema.message("ConformancePayload.RequestInfo");
        for (Message request : requests) {
            info.addRepeatedField(Fields.field(info, "requests"), any(Any.pack(request)));
        }
        return info;
    }

    /** An Any of the suite's own descriptors. */
    private Message any(Any any) {
        DynamicMessage.Builder own =
                DynamicMessage.newBuilder(
                        schema.type("ConformancePayload.RequestInfo")
                                .findFieldByName("requests")
                                .getMessageType());
        own.setField(Fields.field(own, "type_url"), any.getTypeUrl());
        return own.setField(Fields.field(own, "value"), any.getValue()).build();
    }

    private Message info(List<Message> requests, Call call) {
        DynamicMessage.Builder info = requests(requests);
        call.head()
                .headers()
                .forEach((name, values) -> {
                    DynamicMessage.Builder header = schema.message("Header");
                    header.setField(Fields.field(header, "name"), name);
                    values.forEach(
                            value -> header.addRepeatedField(Fields.field(header, "value"), value));
                    info.addRepeatedField(Fields.field(info, "request_headers"), header.build());
                });
        call.remaining()
                .ifPresent(
                        left -> info.setField(Fields.field(info, "timeout_ms"), left.toMillis()));
        return info.build();
    }

    private static ApiException error(Message error, @Nullable Message info) {
        EnumValueDescriptor code =
                (EnumValueDescriptor) error.getField(Fields.field(error, "code"));
        List<Any> details = new ArrayList<>();
        for (Message detail : Fields.messages(error, "details")) {
            details.add(
                    Any.newBuilder()
                            .setTypeUrl(Fields.text(detail, "type_url"))
                            .setValue(Fields.bytes(detail, "value"))
                            .build());
        }
        if (info != null) {
            details.add(Any.pack(info));
        }
        return ApiError.of(
                        Code.ofGrpc(code.getNumber()),
                        code.getName(),
                        Fields.text(error, "message"))
                .detailed(details)
                .toException();
    }
}
