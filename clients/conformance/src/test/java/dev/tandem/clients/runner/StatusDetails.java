package dev.tandem.clients.runner;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.tandem.clients.runner.Outcome.Broken;
import dev.tandem.clients.runner.Outcome.Failure;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Errors of gRPC-Web and Connect. */
final class StatusDetails {
    private StatusDetails() {}

    /** Of a status and its {@code grpc-status-details-bin}. */
    static Failure of(int code, String message, byte[] details)
            throws InvalidProtocolBufferException {
        return of(
                io.grpc.Status.fromCodeValue(code).getCode().name(),
                message,
                Status.parseFrom(details).getDetailsList());
    }

    /** Of the last message of Connect's streams. */
    static @Nullable Failure last(String json) throws InvalidProtocolBufferException {
        if (json.isEmpty()) {
            throw new IllegalStateException("The stream has no end.");
        }
        JsonObject last = parsed(json);
        return last.containsKey("error") ? connect(last.getJsonObject("error")) : null;
    }

    /** Of Connect's single answers. */
    static Failure connect(String json) throws InvalidProtocolBufferException {
        return connect(parsed(json));
    }

    private static Failure connect(JsonObject error) throws InvalidProtocolBufferException {
        String code = error.getString("code").toUpperCase(Locale.ROOT);
        List<Any> details = new ArrayList<>();
        for (JsonObject each : error.getJsonArray("details").getValuesAs(JsonObject.class)) {
            byte[] value = Base64.getDecoder().decode(each.getString("value")); // padded or not
            details.add(
                    Any.newBuilder()
                            .setTypeUrl("type.googleapis.com/" + each.getString("type"))
                            .setValue(ByteString.copyFrom(value))
                            .build());
        }
        return of(
                code.equals("CANCELED") ? "CANCELLED" : code,
                error.getString("message", ""),
                details);
    }

    private static JsonObject parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static Failure of(String code, String message, List<Any> details)
            throws InvalidProtocolBufferException {
        ErrorInfo info = ErrorInfo.getDefaultInstance();
        List<Broken> violations = new ArrayList<>();
        Long retry = null;
        for (Any each : details) {
            if (each.is(ErrorInfo.class)) {
                info = each.unpack(ErrorInfo.class);
            } else if (each.is(RetryInfo.class)) {
                var delay = each.unpack(RetryInfo.class).getRetryDelay();
                retry = delay.getSeconds() * 1000 + delay.getNanos() / 1_000_000;
            } else if (each.is(BadRequest.class)) {
                each.unpack(BadRequest.class).getFieldViolationsList().stream()
                        .map(bad ->
                                new Broken(bad.getField(), bad.getReason(), bad.getDescription()))
                        .forEach(violations::add);
            }
        }
        return new Failure(
                code,
                info.getReason(),
                message,
                info.getMetadataOrDefault("param", ""),
                violations,
                retry,
                info.getMetadataOrDefault("request_id", ""));
    }
}
